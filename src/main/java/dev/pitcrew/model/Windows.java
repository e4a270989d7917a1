package dev.pitcrew.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// When changes may start.
public sealed interface Windows {
    /// Whether changes may start at this moment.
    boolean isOpen(Instant at);

    /// When the next window begins, strictly after a moment. Windows are outside of trading hours, so this is the close of the
    /// trading session that follows. Empty where no window ever begins, because one is always open.
    Optional<Instant> nextOpening(Instant after);

    record Always() implements Windows {
        @Override
        public boolean isOpen(Instant at) {
            return true;
        }

        @Override
        public Optional<Instant> nextOpening(Instant after) {
            return Optional.empty();
        }
    }

    /// @param windows at least one
    record Weekly(List<Window> windows) implements Windows {
        public Weekly {
            windows = List.copyOf(windows);
            if (windows.isEmpty()) {
                throw new IllegalArgumentException("weekly windows need at least one");
            }
        }

        @Override
        public boolean isOpen(Instant at) {
            return windows.stream().anyMatch(one -> one.isOpen(at));
        }

        @Override
        public Optional<Instant> nextOpening(Instant after) {
            return windows.stream()
                    .flatMap(one -> one.nextOpening(after).stream())
                    .min(Instant::compareTo);
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

        private boolean isOpen(Instant at) {
            var local = at.atZone(zone);
            var time = local.toLocalTime();
            var today = local.getDayOfWeek();
            if (from.isBefore(to)) {
                return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
            }
            return (days.contains(today) && !time.isBefore(from))
                    || (days.contains(today.minus(1)) && time.isBefore(to));
        }

        private Optional<Instant> nextOpening(Instant after) {
            var today = after.atZone(zone).toLocalDate();
            return IntStream.rangeClosed(0, 7) // a week on, it is today's weekday again
                    .mapToObj(today::plusDays)
                    .filter(day -> days.contains(day.getDayOfWeek()))
                    .map(day -> day.atTime(from).atZone(zone).toInstant())
                    .filter(opening -> opening.isAfter(after))
                    .findFirst();
        }
    }
}
