package dev.pitcrew.market;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/// A time on a clock, counted from the midnight that begins a day. It may lie on a day before or after.
///
/// @param minutes from that midnight; negative on a day before
/// @param isUtc whether it is UTC's clock and not the venue's
record ClockTime(int minutes, boolean isUtc) {
    private static final int MINUTES_A_DAY = 24 * 60;
    private static final int SECONDS_A_MINUTE = 60;

    /// The moment at which the clock shows this time; where it is skipped, as much later as is skipped, and where it comes twice, the first.
    ///
    /// @return seconds since 1970 UTC
    long epochSecond(LocalDate date, ZoneRules zone) {
        var day = date.plusDays(Math.floorDiv(minutes, MINUTES_A_DAY));
        var time =
                LocalTime.ofSecondOfDay(
                        (long) Math.floorMod(minutes, MINUTES_A_DAY) * SECONDS_A_MINUTE);
        var local = LocalDateTime.of(day, time);
        return local.toEpochSecond(isUtc ? ZoneOffset.UTC : zone.getOffset(local));
    }

    /// A span of time on a day.
    ///
    /// @param from inclusive
    /// @param to exclusive
    record Span(ClockTime from, ClockTime to) {}
}
