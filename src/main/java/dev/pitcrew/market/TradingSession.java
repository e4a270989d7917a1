package dev.pitcrew.market;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// The hours in which a venue trades for one day.
///
/// @param date the day it counts for; a session of the evening before counts for the day after
/// @param open when it begins, inclusive
/// @param close when it ends, exclusive, after `open`
/// @param breaks when nothing is traded in between; sorted, disjoint, inside
/// @param reason why it is not as usual, or `regular`
public record TradingSession(
        LocalDate date, Instant open, Instant close, List<Pause> breaks, String reason) {
    /// What a session is called that is as usual.
    public static final String REGULAR = "regular";

    public TradingSession {
        breaks = List.copyOf(breaks);
        if (!open.isBefore(close)) {
            throw new IllegalArgumentException(
                    "a session closes after it opens, got " + open + " to " + close);
        }
    }

    /// @param start inclusive
    /// @param end exclusive
    public record Pause(Instant start, Instant end) {}
}
