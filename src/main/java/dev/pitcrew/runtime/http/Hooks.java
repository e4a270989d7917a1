package dev.pitcrew.runtime.http;

/// Makes an instance act. A service takes a repeated call without harm, so any call may be repeated; this port itself
/// never does.
public interface Hooks {
    /// Calls the hook and waits for the answer, at most the hook's timeout. Never throws for what the world does. Any
    /// thread may call; it blocks, so give it a virtual one.
    HookAnswer call(HookCall call);
}
