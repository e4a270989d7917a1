package dev.pitcrew.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every session of every venue.
class CalendarLawsTest {
    private static final LocalDate FIRST = LocalDate.of(2015, 1, 1);

    static List<String> venues() {
        return Calendars.BUILT_IN;
    }

    @ParameterizedTest
    @MethodSource("venues")
    void sessions_are_sorted_and_disjoint_and_their_breaks_lie_inside(String name) {
        TradingSession before = null;
        for (var session : all(name)) {
            if (before != null) {
                assertThat(session.date()).isAfter(before.date());
                assertThat(session.open()).isAfterOrEqualTo(before.close());
            }
            assertThat(session.close()).isAfter(session.open());
            var from = session.open();
            for (var pause : session.breaks()) {
                assertThat(pause.start()).isAfter(from);
                assertThat(pause.end()).isAfter(pause.start());
                from = pause.end();
            }
            assertThat(session.close()).isAfter(from);
            before = session;
        }
    }

    @ParameterizedTest
    @MethodSource("venues")
    void phases_and_sessions_say_the_same(String name) {
        var venue = Sessions.of(name);
        Instant closed = Instant.MIN;
        for (var session : all(name)) {
            assertThat(venue.phase(session.open()).isTrading()).isTrue();
            assertThat(venue.session(session.open())).contains(session);
            var last = session.close().minusMillis(1);
            assertThat(venue.phase(last).isTrading()).isTrue();
            assertThat(venue.session(last)).contains(session);
            for (var pause : session.breaks()) {
                assertThat(venue.phase(pause.start())).isEqualTo(Phase.BREAK);
                assertThat(venue.phase(pause.end().minusMillis(1))).isEqualTo(Phase.BREAK);
                assertThat(venue.phase(pause.end()).isTrading()).isTrue();
            }
            if (session.open().isAfter(closed) && !closed.equals(Instant.MIN)) {
                assertThat(venue.phase(session.open().minusMillis(1))).isNotEqualTo(Phase.OPEN);
                assertThat(venue.phase(closed)).isNotEqualTo(Phase.OPEN);
                assertThat(venue.session(closed)).isEmpty();
            }
            closed = session.close();
        }
    }

    @ParameterizedTest
    @MethodSource("venues")
    void what_comes_next_grows_with_the_moment_and_is_where_the_phase_changes(String name) {
        var venue = Sessions.of(name);
        var open = Instant.MIN;
        var close = Instant.MIN;
        for (var at = Instant.parse("2015-01-03T00:00:00Z");
                at.isBefore(Instant.parse("2027-12-31T00:00:00Z"));
                at = at.plusSeconds(17 * 3600 + 11)) {
            var nextOpen = venue.nextOpen(at);
            var nextClose = venue.nextClose(at);
            if (nextOpen.isPresent()) {
                assertThat(nextOpen.get()).isAfter(at).isAfterOrEqualTo(open);
                assertThat(venue.phase(nextOpen.get()).isTrading()).isTrue();
                assertThat(venue.phase(nextOpen.get().minusMillis(1))).isNotEqualTo(Phase.OPEN);
                open = nextOpen.get();
            }
            if (nextClose.isPresent()) {
                assertThat(nextClose.get()).isAfter(at).isAfterOrEqualTo(close);
                assertThat(venue.phase(nextClose.get())).isNotEqualTo(Phase.OPEN);
                assertThat(venue.phase(nextClose.get().minusMillis(1)).isTrading()).isTrue();
                close = nextClose.get();
            }
            if (venue.phase(at) == Phase.OPEN && nextOpen.isPresent()) {
                assertThat(nextOpen.get()).isAfter(nextClose.orElseThrow());
            }
        }
    }

    private static List<TradingSession> all(String name) {
        var venue = Sessions.of(name);
        return venue.sessions(FIRST, venue.knownThrough());
    }
}
