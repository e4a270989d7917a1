package dev.pitcrew.model;

/// The numbers of a FIX session.
///
/// @param out the number of the next message that we send
/// @param in the number that we expect next
public record SequenceNumbers(long out, long in) {
    /// What a venue does with the numbers of its sessions.
    public enum Rule {
        /// They go on from day to day.
        CONTINUES,
        /// They begin with 1 before each day.
        RESETS
    }
}
