package dev.pitcrew.model;

/// What becomes of open orders when the active instance is drained.
public enum DrainPolicy {
    /// Wait until none is open.
    WAIT,
    /// Leave them resting; the next instance takes them over.
    HAND_OVER,
    /// Cancel them.
    CANCEL
}
