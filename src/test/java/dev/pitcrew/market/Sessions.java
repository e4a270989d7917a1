package dev.pitcrew.market;

import dev.pitcrew.model.Read;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.stream.Collectors;

/// What tests ask of our own calendars.
final class Sessions {
    static final Calendars OURS = Calendars.builtIn();

    private Sessions() {}

    static Calendar of(String venue) {
        return OURS.calendar(venue).orElseThrow();
    }

    /// `09:30-16:00` by the venue's clock, `09:00-11:30 12:30-15:00` with a break, `closed`.
    static String text(Calendar venue, LocalDate day) {
        var sessions = venue.sessions(day, day);
        return sessions.isEmpty() ? "closed" : text(venue, sessions.getFirst());
    }

    private static String text(Calendar venue, TradingSession session) {
        var breaks =
                session.breaks().stream()
                        .map(one -> local(venue, one.start()) + " " + local(venue, one.end()) + "-")
                        .collect(Collectors.joining());
        return local(venue, session.open()) + "-" + breaks + local(venue, session.close());
    }

    private static LocalTime local(Calendar venue, Instant at) {
        return at.atZone(venue.zone()).toLocalTime();
    }

    /// An operator's file laid over ours.
    ///
    /// @throws IllegalArgumentException with all problems when it has some
    static Calendars with(String text) {
        return switch (OURS.with("our.calendar", text)) {
            case Read.Good<Calendars>(var all) -> all;
            case Read.Bad<Calendars>(var problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }

    static Calendar with(String venue, String text) {
        return Optional.of(with(text)).flatMap(all -> all.calendar(venue)).orElseThrow();
    }
}
