package dev.pitcrew.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/// A time of day as operators say it. Pure.
final class OpenTime {
    private OpenTime() {}

    /// @param text `08:30` here, `08:30 Europe/Berlin`, or an instant
    /// @throws UsageError when it is none of these
    static Instant parse(String text, Instant now) {
        try {
            if (text.contains("T")) {
                return Instant.parse(text);
            }
            var words = text.strip().split(" +", 2);
            var zone = words.length == 2 ? ZoneId.of(words[1]) : ZoneId.systemDefault();
            return LocalDate.ofInstant(now, zone)
                    .atTime(LocalTime.parse(words[0]))
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new UsageError(
                    "a time is such as 08:30, \"08:30 Europe/Berlin\" or 2026-11-25T13:30:00Z, got '"
                            + text
                            + "'");
        }
    }
}
