package dev.pitcrew.model;

/// What an instance can be told.
public enum HookName {
    /// Send no new orders, but keep the session.
    DRAIN,
    /// Become the one that sends.
    ACTIVATE,
    /// Log out and send nothing any more.
    DEACTIVATE,
    /// Set the kill latch, cancel everything.
    KILL,
    /// Take the kill latch off.
    REARM;

    /// Whether it can only make the system send less.
    public boolean onlyReducesRisk() {
        return this == DRAIN || this == DEACTIVATE || this == KILL;
    }

    /// As the system file spells it: `activate`.
    public String key() {
        return Words.key(this);
    }
}
