package dev.pitcrew.cli;

import dev.pitcrew.cli.MarketReport.Sessions;
import dev.pitcrew.cli.MarketReport.Status;
import dev.pitcrew.cli.MarketReport.VenueStatus;
import dev.pitcrew.cli.MarketReport.Window;
import dev.pitcrew.cli.MarketReport.Windows;
import dev.pitcrew.market.TradingSession;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `pitcrew market` answers, for people.
final class MarketText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private MarketText() {}

    static String of(MarketReport report) {
        return switch (report) {
            case Status status ->
                    status.venues().stream()
                            .map(one -> line(one, status.at()))
                            .collect(Collectors.joining("\n"));
            case Sessions sessions -> sessions(sessions);
            case Windows windows -> windows(windows);
        };
    }

    private static String line(VenueStatus venue, Instant at) {
        var next =
                venue.phase().equals("unknown")
                        ? "known from %s through %s alone"
                                .formatted(venue.knownFrom(), venue.knownThrough())
                        : soonest(venue, at);
        var freeze =
                venue.freeze() == null
                        ? ""
                        : "; frozen until %s: %s"
                                .formatted(
                                        MINUTE.format(venue.freeze().end()),
                                        venue.freeze().reason());
        return "%-12s %-8s %s%s%s"
                .formatted(venue.venue(), venue.phase(), next, reason(venue.session()), freeze);
    }

    private static String soonest(VenueStatus venue, Instant at) {
        var open = venue.nextOpen();
        var close = venue.nextClose();
        if (open != null && (close == null || open.isBefore(close))) {
            return "opens " + in(open, at);
        }
        return close == null
                ? "neither opens nor closes as far as is known"
                : "closes " + in(close, at);
    }

    private static String in(Instant then, Instant at) {
        return MINUTE.format(then) + " (in " + length(Duration.between(at, then)) + ")";
    }

    private static String reason(@Nullable TradingSession session) {
        return session == null || session.reason().equals(TradingSession.REGULAR)
                ? ""
                : ", " + session.reason();
    }

    private static String sessions(Sessions sessions) {
        var lines =
                sessions.sessions().stream()
                        .map(MarketText::line)
                        .collect(Collectors.joining("\n"));
        return "%s%s, known through %s"
                .formatted(
                        lines.isEmpty() ? "no session\n" : lines + "\n",
                        sessions.venue(),
                        sessions.knownThrough());
    }

    private static String line(TradingSession session) {
        var breaks =
                session.breaks().stream()
                        .map(one -> ", break " + span(one.start(), one.end()))
                        .collect(Collectors.joining());
        return session.date()
                + "  "
                + span(session.open(), session.close())
                + breaks
                + reason(session);
    }

    private static String span(Instant from, Instant to) {
        return MINUTE.format(from) + " to " + MINUTE.format(to);
    }

    private static String windows(Windows windows) {
        if (windows.windows().isEmpty()) {
            return "no window until " + MINUTE.format(windows.until());
        }
        return windows.windows().stream().map(MarketText::line).collect(Collectors.joining("\n"));
    }

    private static String line(Window window) {
        return "%s  %s  %s"
                .formatted(
                        span(window.start(), window.end()),
                        length(Duration.ofMinutes(window.minutes())),
                        window.trading().isEmpty()
                                ? "none of them trades"
                                : "in session: " + String.join(", ", window.trading()));
    }

    /// Such as `2 d 3 h`: the two largest units that say something.
    private static String length(Duration time) {
        if (time.toDays() > 0) {
            return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
        }
        return time.toHours() > 0
                ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
                : "%d min".formatted(time.toMinutes());
    }
}
