package dev.pitcrew.model.infra;

/// What a service trades with, as far as its files tell.
public enum Trading {
    LIVE,
    PAPER,
    DEMO,
    /// For tests and development only.
    TEST,
    UNKNOWN
}
