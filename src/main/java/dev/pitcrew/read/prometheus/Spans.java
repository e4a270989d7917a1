package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.infra.AlertRouting.Span;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Spans of time of an Alertmanager.
final class Spans {
    private static final int DAY = 24 * 60;
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{2})");
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private Spans() {}

    /// @param interval with the key `time_intervals`
    static List<Span> of(Mapping interval) {
        var spans = new ArrayList<Span>();
        for (Mapping one : Values.mappings(interval, "time_intervals")) {
            var days = days(one);
            String zone = one.scalarAt("location").map(Scalar::text).orElse("UTC");
            boolean isRare =
                    one.at("days_of_month").isPresent()
                            || one.at("months").isPresent()
                            || one.at("years").isPresent();
            var times = Values.mappings(one, "times");
            if (times.isEmpty()) {
                spans.add(new Span(days, 0, DAY, zone, isRare));
            }
            for (Mapping time : times) {
                spans.add(
                        new Span(
                                days,
                                minute(time, "start_time").orElse(0),
                                minute(time, "end_time").orElse(DAY),
                                zone,
                                isRare));
            }
        }
        return spans;
    }

    private static Set<DayOfWeek> days(Node span) {
        var ranges = span.scalarsAt("weekdays");
        if (ranges.isEmpty()) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (Scalar range : ranges) {
            String[] ends = range.text().toLowerCase(Locale.ROOT).strip().split(":", -1);
            int from = DAYS.indexOf(ends[0]);
            int to = DAYS.indexOf(ends[ends.length - 1]);
            for (int day = from; from >= 0 && day <= to; day++) {
                days.add(DayOfWeek.of(day + 1));
            }
        }
        return days;
    }

    private static Optional<Integer> minute(Mapping time, String key) {
        return time.scalarAt(key)
                .map(Scalar::text)
                .map(TIME::matcher)
                .filter(match -> match.matches())
                .map(
                        match ->
                                Integer.parseInt(match.group(1)) * 60
                                        + Integer.parseInt(match.group(2)));
    }
}
