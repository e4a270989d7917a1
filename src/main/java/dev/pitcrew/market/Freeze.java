package dev.pitcrew.market;

import java.time.Instant;

/// A span of time in which nothing is changed, whatever the venue does.
///
/// @param start inclusive
/// @param end exclusive
/// @param reason such as `earnings`
public record Freeze(Instant start, Instant end, String reason) {
    /// Whether it is in force.
    public boolean covers(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }
}
