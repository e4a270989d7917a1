package dev.pitcrew.runtime.http;

/// What came of a hook call.
public sealed interface HookAnswer {
    /// The service did it: 200, or exit code 0, or the signal was delivered.
    record Done() implements HookAnswer {}

    /// The service accepted it and is at it: 202. Its probes tell when it is done; or call again.
    record InProgress() implements HookAnswer {}

    /// The service has seen a newer token and did nothing: 409.
    ///
    /// @param highest the highest token that it has seen; 0 when it doesn't say
    record OlderToken(long highest) implements HookAnswer {}

    /// The kill latch is set, so it refuses: 423.
    record Latched() implements HookAnswer {}

    /// The service answered anything else, or the hook can't do this at all.
    ///
    /// @param status the HTTP status or the exit code; 0 when nothing was called
    /// @param text the start of what it said
    record Refused(int status, String text) implements HookAnswer {}

    /// Nothing was delivered: no connection, no such process, no such program.
    record Unreachable(String why) implements HookAnswer {}

    /// It was delivered, perhaps, and no answer came in time. Whether the service acted is unknown.
    record TimedOut() implements HookAnswer {}
}
