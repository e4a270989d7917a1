package dev.pitcrew.runtime.process;

/// What came of a start.
public sealed interface Started {
    /// It runs, from now or from before.
    ///
    /// @param pid its process id
    /// @param startTicks when it started: clock ticks since boot, field 22 of `/proc/PID/stat`; with the pid it names
    ///     one process for as long as the machine is up
    /// @param already it ran before this call, so nothing was started
    record Runs(long pid, long startTicks, boolean already) implements Started {}

    /// Nothing was started by this call.
    ///
    /// @param reason what failed, and what to do next
    record Refused(String reason) implements Started {}
}
