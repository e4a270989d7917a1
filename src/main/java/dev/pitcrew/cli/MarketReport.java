package dev.pitcrew.cli;

import dev.pitcrew.market.Calendar;
import dev.pitcrew.market.ChangeWindows;
import dev.pitcrew.market.Freeze;
import dev.pitcrew.market.TradingSession;
import dev.pitcrew.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `pitcrew market` answers, as its JSON has it. Times are UTC.
sealed interface MarketReport {
    /// @param venues in the order in which they were named
    record Status(Instant at, List<VenueStatus> venues) implements MarketReport {
        static Status of(List<Calendar> venues, Instant at) {
            return new Status(at, venues.stream().map(one -> VenueStatus.of(one, at)).toList());
        }
    }

    /// @param phase such as `open` or `unknown`
    /// @param session the one underway; null between sessions
    /// @param nextOpen null when it is not known
    /// @param nextClose null when it is not known
    /// @param freeze the one in force; null when there is none
    /// @param version digest of the calendar
    record VenueStatus(
            String venue,
            String title,
            String phase,
            @Nullable TradingSession session,
            @Nullable Instant nextOpen,
            @Nullable Instant nextClose,
            @Nullable Freeze freeze,
            LocalDate knownFrom,
            LocalDate knownThrough,
            String version) {
        static VenueStatus of(Calendar venue, Instant at) {
            return new VenueStatus(
                    venue.name(),
                    venue.title(),
                    Words.of(venue.phase(at)),
                    venue.session(at).orElse(null),
                    venue.nextOpen(at).orElse(null),
                    venue.nextClose(at).orElse(null),
                    venue.freeze(at).orElse(null),
                    venue.knownFrom(),
                    venue.knownThrough(),
                    venue.version().hex());
        }
    }

    /// The sessions of one venue.
    record Sessions(String venue, LocalDate knownThrough, List<TradingSession> sessions)
            implements MarketReport {
        static Sessions of(Calendar venue, LocalDate from, LocalDate to) {
            return new Sessions(venue.name(), venue.knownThrough(), venue.sessions(from, to));
        }
    }

    /// @param clear null: windows are the times in which no venue trades
    record Windows(
            List<String> venues,
            Instant from,
            Instant until,
            long minutes,
            @Nullable Long clear,
            List<Window> windows)
            implements MarketReport {
        static Windows of(ChangeWindows rule, Instant from, Instant until, int most) {
            return new Windows(
                    rule.venues().stream().map(Calendar::name).toList(),
                    from,
                    until,
                    rule.length().toMinutes(),
                    rule.clear().map(Duration::toMinutes).orElse(null),
                    rule.from(from, until, most).stream().map(Window::of).toList());
        }
    }

    /// @param minutes its length, rounded down
    /// @param trading the venues that trade during all of it
    record Window(Instant start, Instant end, long minutes, List<String> trading) {
        static Window of(ChangeWindows.Window window) {
            return new Window(
                    window.start(),
                    window.end(),
                    Duration.between(window.start(), window.end()).toMinutes(),
                    window.trading());
        }
    }
}
