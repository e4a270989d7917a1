package dev.pitcrew.deploy;

import dev.pitcrew.market.Calendar;
import dev.pitcrew.model.Opening;
import dev.pitcrew.model.Opening.AtTime;
import dev.pitcrew.model.Opening.BeforeOpen;
import dev.pitcrew.model.Opening.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Until when a start of day has to be well. Pure. Before an open that no calendar knows it is midnight, UTC.
public final class OpenDeadline {
    /// A deadline that was missed for longer than this, by a controller that did not run, is of another day.
    private static final Duration LATE = Duration.ofHours(8);

    private OpenDeadline() {}

    /// The deadline that the controller has to ask for now.
    ///
    /// @param venues the calendars; where they are known and no venue opens on a day, that day has none
    /// @param asked when it asked by itself last; `Instant.MIN` when it never did
    public static Optional<Instant> due(
            Opening opening, List<Calendar> venues, Instant asked, Instant now) {
        return opening.by()
                .flatMap(by -> latest(by, venues, now))
                .filter(deadline -> asked.isBefore(deadline))
                .filter(deadline -> now.isBefore(deadline.plus(LATE)));
    }

    /// The latest deadline that is not after a moment.
    private static Optional<Instant> latest(Deadline by, List<Calendar> venues, Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return Stream.of(today.minusDays(1), today, today.plusDays(1))
                .flatMap(day -> of(by, venues, day).stream())
                .filter(one -> !one.isAfter(now))
                .max(Comparator.naturalOrder());
    }

    /// The deadline of a day; empty when nothing opens on it. What is not known may open.
    private static Optional<Instant> of(Deadline by, List<Calendar> venues, LocalDate day) {
        return switch (by) {
            case AtTime(var time, var zone) ->
                    venues.isEmpty() || venues.stream().anyMatch(one -> mayOpen(one, day))
                            ? Optional.of(day.atTime(time).atZone(zone).toInstant())
                            : Optional.empty();
            case BeforeOpen(var name, var lead) ->
                    venues.stream()
                            .filter(one -> one.name().equals(name) && mayOpen(one, day))
                            .findFirst()
                            .map(
                                    one ->
                                            one.sessions(day, day).stream()
                                                    .findFirst()
                                                    .map(session -> session.open().minus(lead))
                                                    .orElse(midnight(day)));
        };
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static boolean mayOpen(Calendar venue, LocalDate day) {
        return day.isAfter(venue.knownThrough())
                || day.isBefore(venue.knownFrom())
                || !venue.sessions(day, day).isEmpty();
    }
}
