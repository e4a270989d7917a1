package dev.pitcrew.deploy;

/// What the host says of an instance's process.
public enum ProcessState {
    /// It exists, and is the very process that was started (by pid and start time).
    RUNNING,
    /// The host confirms that it is dead.
    DEAD,
    /// The host can't be asked, so nothing is confirmed.
    UNREACHABLE
}
