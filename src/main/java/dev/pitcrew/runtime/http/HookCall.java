package dev.pitcrew.runtime.http;

import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Hook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Token;
import java.time.Duration;
import java.util.Optional;

/// One call of a hook; its timeout is in the hook.
///
/// @param instance which instance
/// @param name what it is told
/// @param hook how it is told
/// @param token the activation token of the call
/// @param change what the call belongs to, such as a rollout's id; goes into the service's log
/// @param policy what becomes of open orders; of a drain alone
/// @param limit how long to go on cancelling; of a kill alone, and empty where nobody says
public record HookCall(
        Instance instance,
        HookName name,
        Hook hook,
        Token token,
        String change,
        Optional<DrainPolicy> policy,
        Optional<Duration> limit) {
    /// A call with nothing more to say.
    public HookCall(Instance instance, HookName name, Hook hook, Token token, String change) {
        this(instance, name, hook, token, change, Optional.empty(), Optional.empty());
    }
}
