package dev.pitcrew.deploy;

/// Which end of a course a step works on, where each end is several instances.
public enum Side {
    /// The instances that give up their place: those of another release than the course leads to.
    FROM,
    /// The instances that take it.
    TO
}
