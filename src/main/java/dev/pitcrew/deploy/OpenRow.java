package dev.pitcrew.deploy;

/// One answer of a start of day.
///
/// @param name one of [dev.pitcrew.model.Opening#ROWS]
/// @param about the service, venue or backup that it is about; empty: all of it
/// @param answer whether it is well
/// @param says with its numbers
/// @param next what to do about it; empty when it is well
public record OpenRow(String name, String about, Answer answer, String says, String next) {
    /// Whether it is well.
    public enum Answer {
        YES,
        /// Not well, or not known.
        NO,
        /// Not well, or not known, and the system file says that it doesn't count here.
        WAIVED
    }
}
