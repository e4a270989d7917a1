package dev.pitcrew.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.MarketLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClearanceTest {
    @ParameterizedTest
    @CsvSource({
        // the margin ends with its last second, and begins with its first
        "XNYS, 2026-11-25T14:14:59Z, 0, 0",
        "XNYS, 2026-11-25T14:15:00Z, 1, 1",
        "XNYS, 2026-11-25T14:29:59Z, 1, 1",
        "XNYS, 2026-11-25T14:30:00Z, 1, 1",
        "XNYS, 2026-11-25T14:44:59.999Z, 1, 1",
        "XNYS, 2026-11-25T14:45:00Z, 1, 0", // in session
        "XNYS, 2026-11-25T20:45:00Z, 1, 1",
        "XNYS, 2026-11-25T21:14:59Z, 1, 1",
        "XNYS, 2026-11-25T21:15:00Z, 0, 0",
        "XNYS, 2026-11-26T16:00:00Z, 0, 0", // Thanksgiving
        "XNYS, 2026-11-27T18:15:00Z, 0, 0", // a half day
        "XTKS, 2026-11-25T03:00:00Z, 0, 0", // in the midst of the break
        "XTKS, 2026-11-25T02:40:00Z, 1, 1",
        "XHKG, 2026-11-25T01:05:00Z, 1, 1", // the auction before the open
        "CRYPTO, 2026-11-25T12:00:00Z, 1, 0",
        "XNYS, 2028-01-01T04:44:59Z, 0, 0",
        "XNYS, 2028-01-01T04:45:00Z, 1, 1", // what comes is not known
        "XNYS, 2028-01-03T06:00:00Z, 1, 1",
        "XNYS, 2014-12-31T06:00:00Z, 1, 1"
    })
    void a_venue_is_in_the_way_near_open_and_close_in_session_and_where_it_is_unknown(
            String venue, Instant at, long avoiding, long allowing) {
        var venues = List.of(Sessions.of(venue));

        assertThat(Clearance.of(limit(false), venues, at).inTheWay()).isEqualTo(avoiding);
        assertThat(Clearance.of(limit(true), venues, at).inTheWay()).isEqualTo(allowing);
    }

    @Test
    void it_says_of_each_venue_what_it_saw_and_by_which_calendar() {
        var venues = List.of(Sessions.of("XNYS"), Sessions.of("XLON"));
        var at = Instant.parse("2026-11-25T12:00:00Z");

        assertThat(Clearance.of(limit(false), venues, at).sentence())
                .isEqualTo(
                        "XNYS pre-open, opens 2026-11-25T14:30:00Z, closes 2026-11-25T21:00:00Z (calendar %s); XLON open, not closed, opens 2026-11-26T08:00:00Z, closes 2026-11-25T16:30:00Z (calendar %s)"
                                .formatted(version("XNYS"), version("XLON")));
    }

    @Test
    void a_freeze_is_in_the_way_whatever_the_venue_does() {
        var frozen = Sessions.with("XNYS", "venue XNYS\nfreeze 2026-11-26 \"our own expiry\"");
        var at = Instant.parse("2026-11-26T16:00:00Z");

        assertThat(Clearance.of(limit(true), List.of(frozen), at).venues().getFirst().objection())
                .contains("frozen until 2026-11-27T05:00:00Z: our own expiry");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothing_is_in_the_way_exactly_inside_the_windows(boolean isInSession) {
        var venues = List.of(Sessions.of("XTKS"), Sessions.of("XLON"), Sessions.of("CME-EQUITY"));
        var begin = Instant.parse("2026-02-20T00:00:00Z");
        var end = Instant.parse("2026-04-10T00:00:00Z");
        var windows =
                new ChangeWindows(
                                venues,
                                Duration.ofSeconds(1),
                                Optional.of(Duration.ofMinutes(15)),
                                !isInSession)
                        .from(begin, end, Integer.MAX_VALUE);
        var random = new Random(7);

        for (int i = 0; i < 20_000; i++) {
            var at =
                    begin.plusSeconds(
                            random.nextInt((int) Duration.between(begin, end).toSeconds()));
            var isInside =
                    windows.stream()
                            .anyMatch(one -> !at.isBefore(one.start()) && at.isBefore(one.end()));

            assertThat(Clearance.of(limit(isInSession), venues, at).inTheWay() == 0)
                    .as("%s", at)
                    .isEqualTo(isInside);
        }
    }

    private static MarketLimit limit(boolean isInSession) {
        return new MarketLimit(
                List.of("any"), Duration.ofMinutes(15), isInSession, Optional.empty());
    }

    private static String version(String venue) {
        return Sessions.of(venue).version().hex().substring(0, 12);
    }
}
