package dev.pitcrew.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {
    @ParameterizedTest
    @CsvSource({
        // New York keeps summer time from 2026-03-08 to 11-01, London and Frankfurt from 03-29 to
        // 10-25
        "XNYS, 2026-03-06T14:29:59Z, PRE_OPEN",
        "XNYS, 2026-03-06T14:30:00Z, OPEN",
        "XNYS, 2026-03-09T13:29:59Z, PRE_OPEN",
        "XNYS, 2026-03-09T13:30:00Z, OPEN",
        "XNYS, 2026-03-09T19:59:59Z, OPEN",
        "XNYS, 2026-03-09T20:00:00Z, POST",
        "XLON, 2026-03-09T08:00:00Z, OPEN",
        "XLON, 2026-03-09T16:29:59Z, OPEN",
        "XLON, 2026-03-27T07:59:59Z, AUCTION",
        "XLON, 2026-03-30T06:59:59Z, AUCTION",
        "XLON, 2026-03-30T07:00:00Z, OPEN",
        "XETR, 2026-03-27T08:00:00Z, OPEN",
        "XETR, 2026-03-30T07:00:00Z, OPEN",
        "XETR, 2026-10-26T07:59:59Z, AUCTION",
        "XETR, 2026-10-26T08:00:00Z, OPEN",
        "XNYS, 2026-10-26T13:30:00Z, OPEN",
        "XNYS, 2026-10-30T20:00:00Z, POST",
        "XNYS, 2026-11-02T14:29:59Z, PRE_OPEN",
        "XNYS, 2026-11-02T14:30:00Z, OPEN",
        // Tokyo has no summer time; a break is [start, end)
        "XTKS, 2026-11-25T02:29:59Z, OPEN",
        "XTKS, 2026-11-25T02:30:00Z, BREAK",
        "XTKS, 2026-11-25T03:29:59Z, BREAK",
        "XTKS, 2026-11-25T03:30:00Z, OPEN",
        "XTKS, 2026-11-25T06:24:59Z, OPEN",
        "XTKS, 2026-11-25T06:25:00Z, AUCTION",
        "XTKS, 2026-11-25T06:30:00Z, CLOSED",
        // the evening before belongs to the day; the clocks change while it is closed, and while it
        // is open
        "CME-EQUITY, 2026-03-08T21:59:59Z, CLOSED",
        "CME-EQUITY, 2026-03-08T22:00:00Z, OPEN",
        "CME-EQUITY, 2026-03-06T21:59:59Z, OPEN",
        "CME-EQUITY, 2026-03-06T22:00:00Z, CLOSED",
        "CME-CRYPTO, 2026-11-01T07:30:00Z, OPEN",
        "FX, 2026-03-06T21:59:59Z, OPEN",
        "FX, 2026-03-06T22:00:00Z, CLOSED",
        "FX, 2026-03-08T20:59:59Z, CLOSED",
        "FX, 2026-03-08T21:00:00Z, OPEN",
        "FX, 2026-03-10T21:00:00Z, OPEN", // a day follows the other without a pause
        "CRYPTO, 2026-12-25T00:00:00Z, OPEN",
        // what is not known
        "XNYS, 2015-01-01T04:59:59Z, UNKNOWN",
        "XNYS, 2015-01-01T05:00:00Z, CLOSED",
        "XNYS, 2028-01-01T04:59:59Z, CLOSED",
        "XNYS, 2028-01-01T05:00:00Z, UNKNOWN",
        "CRYPTO, 2033-01-01T00:00:00Z, UNKNOWN"
    })
    void a_phase_is_from_its_beginning_to_before_its_end(String venue, Instant at, Phase phase) {
        assertThat(Sessions.of(venue).phase(at)).isEqualTo(phase);
        assertThat(Sessions.of(venue).phase(at.plusMillis(999))).isEqualTo(phase);
    }

    @ParameterizedTest
    @CsvSource({
        "XNYS, 2026-11-25T14:29:59Z, 2026-11-25T14:30:00Z, 2026-11-25T21:00:00Z",
        "XNYS, 2026-11-25T14:30:00Z, 2026-11-27T14:30:00Z, 2026-11-25T21:00:00Z", // over
        // Thanksgiving
        "XNYS, 2026-11-25T21:00:00Z, 2026-11-27T14:30:00Z, 2026-11-27T18:00:00Z",
        "XTKS, 2026-11-25T01:00:00Z, 2026-11-25T03:30:00Z, 2026-11-25T02:30:00Z", // the break
        // counts
        "FX, 2026-11-25T12:00:00Z, 2026-11-29T22:00:00Z, 2026-11-27T22:00:00Z",
        "XNYS, 2026-03-06T21:00:00Z, 2026-03-09T13:30:00Z, 2026-03-09T20:00:00Z"
    })
    void what_opens_and_closes_next_is_strictly_later(
            String venue, Instant after, Instant open, Instant close) {
        assertThat(Sessions.of(venue).nextOpen(after)).contains(open);
        assertThat(Sessions.of(venue).nextClose(after)).contains(close);
    }

    @Test
    void nothing_is_said_about_what_comes_after_the_last_known_day() {
        var last = Instant.parse("2027-12-31T21:00:00Z");

        assertThat(Sessions.of("XNYS").nextOpen(last)).isEmpty();
        assertThat(Sessions.of("XNYS").nextClose(last)).isEmpty();
        assertThat(Sessions.of("CRYPTO").nextClose(last)).isEmpty();
    }

    @Test
    void a_calendar_ends_before_the_first_session_that_it_does_not_know() {
        var venue =
                Sessions.with(
                        "NIGHT",
                        """
                        venue NIGHT
                        zone UTC
                        known 2026-01-01 to 2026-01-06
                        hours 09:00 to 10:00 daily
                        hours 20:00-1d to 10:00 daily
                        """);

        assertThat(venue.phase(Instant.parse("2026-01-06T19:59:59Z"))).isEqualTo(Phase.CLOSED);
        assertThat(venue.phase(Instant.parse("2026-01-06T20:00:00Z"))).isEqualTo(Phase.UNKNOWN);
        assertThat(venue.nextOpen(Instant.parse("2026-01-06T12:00:00Z"))).isEmpty();
    }

    @Test
    void the_session_underway_is_the_one_whose_hours_hold_the_moment() {
        var lunch = Sessions.of("XTKS").session(Instant.parse("2026-11-25T03:00:00Z"));
        var evening = Sessions.of("CME-EQUITY").session(Instant.parse("2026-11-25T23:30:00Z"));

        assertThat(lunch).hasValueSatisfying(one -> assertThat(one.date()).hasDayOfMonth(25));
        assertThat(evening)
                .hasValueSatisfying(
                        one -> assertThat(one.date()).isEqualTo(LocalDate.of(2026, 11, 26)));
        assertThat(Sessions.of("XTKS").session(Instant.parse("2026-11-25T12:00:00Z"))).isEmpty();
    }

    @Test
    void the_version_differs_where_a_line_does_and_not_where_a_comment_does() {
        var changed = Sessions.with("XNYS", "venue XNYS\nclosed 2027-03-01 \"storm\"");
        var again = Sessions.with("XNYS", "# ours\nvenue XNYS\n  closed  2027-03-01 \"storm\" # !");

        assertThat(changed.version()).isNotEqualTo(Sessions.of("XNYS").version());
        assertThat(again.version()).isEqualTo(changed.version());
    }
}
