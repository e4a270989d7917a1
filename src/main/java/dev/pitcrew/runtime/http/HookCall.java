package dev.pitcrew.runtime.http;

import dev.pitcrew.model.Hook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Token;

/// One call of a hook; its timeout is in the hook.
///
/// @param instance which instance
/// @param name what it is told
/// @param hook how it is told
/// @param token the activation token of the call
/// @param change what the call belongs to, such as a rollout's id; goes into the service's log
public record HookCall(Instance instance, HookName name, Hook hook, Token token, String change) {}
