package dev.pitcrew.deploy;

/// Which end of a course a step works on.
public enum Side {
    /// The instance that gives up its place.
    FROM,
    /// The instance that takes it.
    TO
}
