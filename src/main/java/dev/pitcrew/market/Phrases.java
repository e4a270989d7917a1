package dev.pitcrew.market;

import dev.pitcrew.market.ClockTime.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The parts that lines of a calendar file are made of: times, days, validity.
final class Phrases {
    private static final String TIME =
            "a time such as 09:30, 17:00-1d (the day before) or 00:10Z (UTC)";
    private static final String DAYS =
            "days such as mon-fri, 2026-12-24, July 4, third Friday of March, Easter -2 or daily";
    private static final Pattern TIME_FORM =
            Pattern.compile("([01]\\d|2[0-4]):([0-5]\\d)(z)?(?:([+-])([1-3])d)?");
    private static final Pattern DATE_FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern SHIFT_FORM = Pattern.compile("[+-]\\d{1,2}");
    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth");

    private Phrases() {}

    static boolean isTime(LineCursor line) {
        return line.peek().filter(word -> TIME_FORM.matcher(word).matches()).isPresent();
    }

    static ClockTime time(LineCursor line) {
        if (!isTime(line)) {
            throw line.wrong(TIME);
        }
        var word = line.take(TIME, false);
        var parts = TIME_FORM.matcher(word.text().toLowerCase(Locale.ROOT));
        parts.matches();
        int hours = Integer.parseInt(parts.group(1));
        int minutes = hours * 60 + Integer.parseInt(parts.group(2));
        if (minutes > 24 * 60) {
            throw line.wrong(word, "a day ends at 24:00; write 00:30+1d for half past");
        }
        int days = parts.group(5) == null ? 0 : Integer.parseInt(parts.group(5));
        return new ClockTime(
                minutes + 24 * 60 * ("-".equals(parts.group(4)) ? -days : days),
                parts.group(3) != null);
    }

    /// Such as `09:00 to 11:30, 12:30 to 15:00`.
    static List<Span> spans(LineCursor line) {
        var spans = new ArrayList<Span>();
        do {
            var from = time(line);
            if (!spans.isEmpty() && isAfter(spans.getLast().to(), from)) {
                throw line.wrong(
                        line.last(),
                        "%s is before the end of the span ahead of it; write them in order"
                                .formatted(line.last().text()));
            }
            spans.add(until(from, line));
        } while (line.take(","));
        return spans;
    }

    static Span span(LineCursor line) {
        return until(time(line), line);
    }

    private static Span until(ClockTime from, LineCursor line) {
        if (!line.take("to")) {
            throw line.wrong("'to' and a second time");
        }
        var to = time(line);
        if (isAfter(from, to) || from.equals(to)) {
            throw line.wrong(
                    line.last(),
                    "%s is not after the beginning; one on the next day is written 02:00+1d, a beginning on the day before 17:00-1d"
                            .formatted(line.last().text()));
        }
        return new Span(from, to);
    }

    /// Of two clocks it can't be told by the times alone.
    private static boolean isAfter(ClockTime one, ClockTime other) {
        return one.isUtc() == other.isUtc() && one.minutes() > other.minutes();
    }

    static DayRule days(LineCursor line) {
        var word = line.peek().orElseThrow(() -> line.wrong(DAYS));
        DayRule rule;
        if (DATE_FORM.matcher(word).matches()) {
            rule = dates(line);
        } else if (line.take("daily")) {
            rule = new DayRule.Weekly(EnumSet.allOf(DayOfWeek.class));
        } else if (line.take("easter")) {
            rule = new DayRule.Easter();
        } else if (weekdays(word).isPresent()) {
            rule = weekly(line);
        } else if (word.equals("last") || ORDINALS.contains(word)) {
            rule = nth(line);
        } else if (month(word).isPresent()) {
            rule = yearly(line);
        } else {
            throw line.wrong(DAYS);
        }
        return line.peek().filter(next -> SHIFT_FORM.matcher(next).matches()).isPresent()
                ? new DayRule.Offset(rule, shift(line))
                : rule;
    }

    private static DayRule dates(LineCursor line) {
        var dates = new ArrayList<LocalDate>();
        do {
            var first = date(line);
            dates.add(first);
            if (line.take("to")) {
                var last = date(line);
                if (!last.isAfter(first) || last.isAfter(first.plusYears(1))) {
                    throw line.wrong(
                            line.last(),
                            "%s is not within the year after the first day; write the earlier day first"
                                    .formatted(last));
                }
                first.plusDays(1).datesUntil(last.plusDays(1)).forEach(dates::add);
            }
        } while (line.take(","));
        return new DayRule.Dates(dates);
    }

    static LocalDate date(LineCursor line) {
        var word = line.take("a date such as 2026-12-24", false);
        try {
            return LocalDate.parse(word.text());
        } catch (DateTimeException _) {
            throw line.wrong(
                    word, "'" + word.text() + "' is no date; write one such as 2026-12-24");
        }
    }

    private static DayRule weekly(LineCursor line) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        do {
            var wanted = "a day of the week such as mon, or mon-fri";
            var word = line.take(wanted, false);
            days.addAll(
                    weekdays(word.text().toLowerCase(Locale.ROOT))
                            .orElseThrow(
                                    () ->
                                            line.wrong(
                                                    word,
                                                    "'%s' can't stand here; wanted %s"
                                                            .formatted(word.text(), wanted))));
        } while (line.take(","));
        return new DayRule.Weekly(days);
    }

    private static DayRule nth(LineCursor line) {
        var ordinal = line.take("first to fifth, or last", false).text().toLowerCase(Locale.ROOT);
        var day = weekday(line);
        if (!line.take("of")) {
            throw line.wrong("'of' and a month");
        }
        var months = new ArrayList<Month>();
        do {
            var name = line.peek().orElse("");
            months.add(month(name).orElseThrow(() -> line.wrong("a month such as March")));
            line.take(name);
        } while (line.take(","));
        int nth = ordinal.equals("last") ? -1 : ORDINALS.indexOf(ordinal) + 1;
        return new DayRule.Nth(nth, day, months);
    }

    private static DayRule yearly(LineCursor line) {
        var month =
                month(line.take("a month", false).text().toLowerCase(Locale.ROOT)).orElseThrow();
        var number = line.take("a day of the month", false);
        var shifts = new EnumMap<DayOfWeek, Integer>(DayOfWeek.class);
        try {
            var plain = new DayRule.Yearly(month, Integer.parseInt(number.text()), Map.of());
            if (line.take("shift")) {
                do {
                    shifts.put(weekday(line), shift(line));
                } while (line.take(","));
            }
            return new DayRule.Yearly(month, plain.day(), shifts);
        } catch (NumberFormatException | DateTimeException _) {
            throw line.wrong(number, "'" + number.text() + "' is no day of " + title(month.name()));
        }
    }

    private static DayOfWeek weekday(LineCursor line) {
        var word = line.peek().orElse("");
        for (var day : DayOfWeek.values()) {
            if (word.equals(day.name().toLowerCase(Locale.ROOT)) || word.equals(shortName(day))) {
                line.take(word);
                return day;
            }
        }
        throw line.wrong("a day of the week such as Monday");
    }

    private static int shift(LineCursor line) {
        var word = line.take("a number of days such as +1 or -2", false);
        if (!SHIFT_FORM.matcher(word.text()).matches()) {
            throw line.wrong(
                    word,
                    "'" + word.text() + "' can't stand here; wanted a number of days such as +1");
        }
        return Integer.parseInt(word.text());
    }

    /// `mon` or `sun-thu`.
    private static Optional<Set<DayOfWeek>> weekdays(String word) {
        var ends = word.split("-", 2);
        var first = shortDay(ends[0]);
        var last = shortDay(ends[ends.length - 1]);
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        var days = EnumSet.of(last.get());
        for (var day = first.get(); day != last.get(); day = day.plus(1)) {
            days.add(day);
        }
        return Optional.of(days);
    }

    private static Optional<DayOfWeek> shortDay(String word) {
        for (var day : DayOfWeek.values()) {
            if (shortName(day).equals(word)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    private static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static Optional<Month> month(String word) {
        for (var month : Month.values()) {
            if (month.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(month);
            }
        }
        return Optional.empty();
    }

    private static String title(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /// A day, or a year: its first day, or its last one.
    static LocalDate limit(LineCursor line, boolean isEnd) {
        var year = line.peek().filter(word -> word.matches("\\d{4}")).map(Integer::parseInt);
        if (year.isEmpty()) {
            return date(line);
        }
        line.take(String.valueOf(year.get()));
        return isEnd ? LocalDate.of(year.get(), 12, 31) : LocalDate.of(year.get(), 1, 1);
    }
}
