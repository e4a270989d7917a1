package dev.pitcrew.market;

import dev.pitcrew.model.MarketLimit;
import dev.pitcrew.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the markets say to a change at a moment. Pure: the same calendars and moment give the same.
///
/// @param venues in the order in which the limit names them
public record Clearance(List<Seen> venues) {
    private static final int VERSION_SHOWN =
            12; // digits of it; the whole is in `pitcrew market status --format json`

    public Clearance {
        venues = List.copyOf(venues);
    }

    /// One venue at that moment.
    ///
    /// @param objection why a change may not begin because of it; empty when it may
    /// @param next when it opens and closes next, as far as that is known
    /// @param version digest of the calendar that was asked
    public record Seen(
            String venue, Phase phase, Optional<String> objection, String next, String version) {
        private String sentence() {
            return "%s %s%s%s (calendar %s)"
                    .formatted(
                            venue,
                            Words.of(phase),
                            objection.map(why -> ", " + why).orElse(""),
                            next,
                            version.substring(0, VERSION_SHOWN));
        }
    }

    /// @param venues the calendars of the venues that the limit names
    public static Clearance of(MarketLimit limit, List<Calendar> venues, Instant at) {
        return new Clearance(venues.stream().map(one -> seen(limit, one, at)).toList());
    }

    /// How many venues stand against it.
    public long inTheWay() {
        return venues.stream().filter(one -> one.objection().isPresent()).count();
    }

    /// All of it in one line, without the time that passes, so that it changes only when something opens or closes.
    public String sentence() {
        return venues.stream().map(Seen::sentence).collect(Collectors.joining("; "));
    }

    private static Seen seen(MarketLimit limit, Calendar venue, Instant at) {
        return new Seen(
                venue.name(),
                venue.phase(at),
                objection(limit, venue, at),
                venue.nextOpen(at).map(open -> ", opens " + open).orElse("")
                        + venue.nextClose(at).map(close -> ", closes " + close).orElse(""),
                venue.version().hex());
    }

    private static Optional<String> objection(MarketLimit limit, Calendar venue, Instant at) {
        var phase = venue.phase(at);
        if (phase == Phase.UNKNOWN || venue.phase(at.plus(limit.clear())) == Phase.UNKNOWN) {
            return Optional.of(
                    "known from %s through %s alone"
                            .formatted(venue.knownFrom(), venue.knownThrough()));
        }
        var freeze = venue.freeze(at);
        if (freeze.isPresent()) {
            return Optional.of(
                    "frozen until %s: %s".formatted(freeze.get().end(), freeze.get().reason()));
        }
        if (phase == Phase.AUCTION || (phase == Phase.OPEN && !limit.isInSession())) {
            return Optional.of("not closed");
        }
        return isNear(venue, at.getEpochSecond(), limit.clear())
                ? Optional.of("within " + text(limit.clear()) + " of an open or a close")
                : Optional.empty();
    }

    private static boolean isNear(Calendar venue, long at, Duration clear) {
        long margin = clear.toSeconds();
        return venue.edges(at - margin + 1, at + margin + 1).length > 0;
    }

    private static String text(Duration time) {
        return time.toSecondsPart() == 0
                ? time.toMinutes() + " minutes"
                : time.toSeconds() + " seconds";
    }
}
