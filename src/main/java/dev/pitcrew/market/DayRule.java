package dev.pitcrew.market;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which days a line of a calendar is about.
sealed interface DayRule {
    /// Its days in a year, in no order.
    Stream<LocalDate> in(int year);

    /// Days one by one.
    record Dates(List<LocalDate> days) implements DayRule {
        public Dates {
            days = List.copyOf(days);
        }

        @Override
        public Stream<LocalDate> in(int year) {
            return days.stream().filter(day -> day.getYear() == year);
        }
    }

    /// Every week.
    record Weekly(Set<DayOfWeek> days) implements DayRule {
        public Weekly {
            days = Set.copyOf(days);
        }

        @Override
        public Stream<LocalDate> in(int year) {
            return LocalDate.of(year, 1, 1)
                    .datesUntil(LocalDate.of(year + 1, 1, 1))
                    .filter(day -> days.contains(day.getDayOfWeek()));
        }
    }

    /// Every year on the same day of a month, such as January 1.
    ///
    /// @param shifts by how many days it moves when it falls on that day of the week
    record Yearly(Month month, int day, Map<DayOfWeek, Integer> shifts) implements DayRule {
        public Yearly {
            shifts = Map.copyOf(shifts);
            if (day < 1 || day > month.maxLength()) {
                throw new DateTimeException(month + " has no day " + day);
            }
        }

        @Override
        public Stream<LocalDate> in(int year) {
            if (shifts.isEmpty()) {
                return of(year).filter(one -> one.getYear() == year);
            }
            return IntStream.rangeClosed(year - 1, year + 1) // a shift may cross the new year
                    .boxed()
                    .flatMap(this::of)
                    .map(one -> one.plusDays(shifts.getOrDefault(one.getDayOfWeek(), 0)))
                    .filter(one -> one.getYear() == year);
        }

        private Stream<LocalDate> of(int year) {
            var first = LocalDate.of(year, month, 1);
            return day <= first.lengthOfMonth()
                    ? Stream.of(first.withDayOfMonth(day))
                    : Stream.empty();
        }
    }

    /// Such as the third Friday of March and June.
    ///
    /// @param nth from 1, or -1 for the last
    record Nth(int nth, DayOfWeek day, Collection<Month> months) implements DayRule {
        public Nth {
            months = List.copyOf(months);
        }

        @Override
        public Stream<LocalDate> in(int year) {
            return months.stream()
                    .map(
                            month ->
                                    LocalDate.of(year, month, 1)
                                            .with(TemporalAdjusters.dayOfWeekInMonth(nth, day)))
                    .filter(one -> months.contains(one.getMonth())); // no fifth one in this month
        }
    }

    /// Easter Sunday of the Western churches.
    record Easter() implements DayRule {
        /// The Gregorian reckoning, as Meeus, Jones and Butcher have it.
        @Override
        public Stream<LocalDate> in(int year) {
            int golden = year % 19;
            int century = year / 100;
            int inCentury = year % 100;
            int correction = (8 * century + 13) / 25;
            int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
            int weekday =
                    (32 + 2 * (century % 4) + 2 * (inCentury / 4) - epact - inCentury % 4) % 7;
            int late = (golden + 11 * epact + 22 * weekday) / 451;
            int sum = epact + weekday - 7 * late + 114;
            return Stream.of(LocalDate.of(year, sum / 31, sum % 31 + 1));
        }
    }

    /// So many days after another one, or before it.
    record Offset(DayRule rule, int days) implements DayRule {
        @Override
        public Stream<LocalDate> in(int year) {
            return IntStream.rangeClosed(year - 1, year + 1)
                    .boxed()
                    .flatMap(rule::in)
                    .map(one -> one.plusDays(days))
                    .filter(one -> one.getYear() == year);
        }
    }
}
