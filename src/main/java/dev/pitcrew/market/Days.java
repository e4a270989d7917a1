package dev.pitcrew.market;

import dev.pitcrew.market.ClockTime.Span;
import dev.pitcrew.market.Rule.Act;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Lays the rules of a venue out over days.
final class Days {
    private static final Span ALL_DAY =
            new Span(new ClockTime(0, false), new ClockTime(24 * 60, false));

    private Days() {}

    /// The sessions of some days, in the order of the days. It does not ask what the calendar knows.
    ///
    /// @param from inclusive
    /// @param to inclusive
    static List<TradingSession> sessions(VenueRules venue, LocalDate from, LocalDate to) {
        var zone = venue.zone().getRules();
        var sessions = new ArrayList<TradingSession>();
        for (int year = from.getYear(); year <= to.getYear(); year++) {
            var plans =
                    Stream.generate(DayPlan::new)
                            .limit(LocalDate.of(year, 1, 1).lengthOfYear())
                            .toList();
            for (var rule : venue.rules()) {
                for (var day : rule.in(year)) {
                    plans.get(day.getDayOfYear() - 1).take(rule);
                }
            }
            var begin = LocalDate.of(year, 1, 1);
            for (int i = 0; i < plans.size(); i++) {
                var day = begin.plusDays(i);
                if (!day.isBefore(from) && !day.isAfter(to)) {
                    plans.get(i).session(day, zone).ifPresent(sessions::add);
                }
            }
        }
        return sessions;
    }

    /// The freezes that begin on some days, by their beginning.
    static List<Freeze> freezes(VenueRules venue, LocalDate from, LocalDate to) {
        return venue.rules().stream()
                .filter(rule -> rule.act() instanceof Act.Freeze)
                .flatMap(
                        rule ->
                                IntStream.rangeClosed(from.getYear(), to.getYear())
                                        .boxed()
                                        .flatMap(year -> rule.in(year).stream())
                                        .map(day -> freeze(venue, rule, day)))
                .sorted(Comparator.comparing(Freeze::start))
                .toList();
    }

    private static Freeze freeze(VenueRules venue, Rule rule, LocalDate day) {
        var freeze = (Act.Freeze) rule.act();
        var zone = freeze.zone().orElse(venue.zone()).getRules();
        var span = freeze.span().orElse(ALL_DAY);
        return new Freeze(
                Instant.ofEpochSecond(span.from().epochSecond(day, zone)),
                Instant.ofEpochSecond(span.to().epochSecond(day, zone)),
                rule.reason());
    }

    /// When the first session begins that a calendar does not know, if it is before the midnight after the last day that it knows; else
    /// that midnight.
    static long unknownFrom(VenueRules venue) {
        var next = venue.through().plusDays(1);
        var zone = venue.zone().getRules();
        var midnight = new ClockTime(0, false).epochSecond(next, zone);
        return venue.rules().stream()
                .filter(rule -> rule.act() instanceof Act.Hours)
                .filter(rule -> rule.in(next.getYear()).contains(next))
                .reduce((_, later) -> later)
                .map(rule -> ((Act.Hours) rule.act()).spans().getFirst().from())
                .map(open -> Math.min(midnight, open.epochSecond(next, zone)))
                .orElse(midnight);
    }
}
