package dev.pitcrew.model;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// When changes may start.
public sealed interface Windows {
    record Always() implements Windows {}

    /// @param windows at least one
    record Weekly(List<Window> windows) implements Windows {
        public Weekly {
            windows = List.copyOf(windows);
            if (windows.isEmpty()) {
                throw new IllegalArgumentException("weekly windows need at least one");
            }
        }
    }

    /// A span of time on some days of the week.
    ///
    /// @param days those on which it begins
    /// @param from inclusive
    /// @param to exclusive; not after `from`: it ends on the next day
    /// @param zone whose clock is meant
    record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
        public Window {
            days = Set.copyOf(days);
        }
    }
}
