package dev.pitcrew.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pitcrew.model.Read;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator's own file adds to our calendars and changes in them.
class OperatorsFileTest {
    private static final String VENUES =
            """
            venue DARK-1 "our dark pool"
            zone Europe/Zurich
            known 2024-01-01 to 2028-12-31
            hours 09:00 to 17:00 mon-fri until 2026-06-30
            hours 08:00 to 12:00, 13:00 to 20:00 mon-thu from 2026-07-01
            hours 08:00 to 12:00 fri from 2026-07-01
            closed last Friday of November "the owner's day"
            """;

    @ParameterizedTest
    @CsvSource({
        "2026-06-30, 09:00-17:00",
        "2026-07-01, 08:00-12:00 13:00-20:00",
        "2026-07-03, 08:00-12:00",
        "2026-11-27, closed"
    })
    void a_venue_of_ones_own_has_effective_dates(LocalDate day, String session) {
        assertThat(Sessions.text(Sessions.with("DARK-1", VENUES), day)).isEqualTo(session);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-12-31, closed", // ours has a full day
        "2026-11-27, 09:30-16:00", // ours closes at 13:00
        "2026-12-28, 11:00-16:00",
        "2026-12-29, 09:30-12:00",
        "2026-12-30, 09:30-14:00 14:20-16:00",
        "2026-12-31, 05:00-06:00",
        "2026-12-25, closed" // as ours
    })
    void its_lines_hold_before_ours(LocalDate day, String session) {
        var venue =
                Sessions.with(
                        "XNYS",
                        """
                        venue XNYS
                        closed 2027-12-31 "a holiday that was announced late"
                        open 2026-11-27 "full day after all"
                        late 11:00 2026-12-28 "storm"
                        early 12:00 2026-12-29 "storm"
                        halt 14:00 to 14:20 2026-12-30 "outage"
                        special 05:00 to 06:00 2026-12-31 "test"
                        """);

        assertThat(Sessions.text(venue, day)).isEqualTo(session);
    }

    @Test
    void it_may_know_further_than_ours() {
        var venue =
                Sessions.with(
                        "XNSE",
                        "venue XNSE\nknown 2015-01-01 to 2027-12-31\nclosed 2027-01-26 \"Republic Day\"");

        assertThat(venue.knownThrough()).isEqualTo(LocalDate.of(2027, 12, 31));
        assertThat(Sessions.text(venue, LocalDate.of(2027, 1, 25))).isEqualTo("09:15-15:30");
        assertThat(Sessions.text(venue, LocalDate.of(2027, 1, 26))).isEqualTo("closed");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-17T23:59:59Z, ''",
        "2026-12-18T05:00:00Z, our own expiry", // the third Friday, by the venue's clock
        "2026-12-19T04:59:59Z, our own expiry",
        "2026-12-19T05:00:00Z, ''",
        "2027-01-28T20:59:59Z, ''",
        "2027-01-28T21:00:00Z, earnings", // everywhere, by UTC
        "2027-01-28T21:59:59Z, earnings",
        "2027-01-28T22:00:00Z, ''"
    })
    void a_freeze_is_in_force_from_its_beginning_to_before_its_end(Instant at, String reason) {
        var venue =
                Sessions.with(
                        "XNYS",
                        """
                        everywhere
                        zone Europe/London
                        freeze 21:00 to 22:00 2027-01-28 "earnings"
                        venue XNYS
                        freeze third Friday of March, June, September, December "our own expiry"
                        """);

        assertThat(venue.freeze(at).map(Freeze::reason).orElse("")).isEqualTo(reason);
    }

    @Test
    void a_freeze_leaves_sessions_and_phases_alone() {
        var text = "venue XNYS\nfreeze daily \"never\"";
        var day = LocalDate.of(2026, 11, 25);

        assertThat(Sessions.with("XNYS", text).sessions(day, day))
                .isEqualTo(Sessions.of("XNYS").sessions(day, day));
    }

    @Test
    void venues_that_it_does_not_name_stay_as_they_are() {
        assertThat(Sessions.with("XLON", VENUES).version())
                .isEqualTo(Sessions.of("XLON").version());
        assertThat(Sessions.with(VENUES).names())
                .containsAll(Calendars.BUILT_IN)
                .contains("DARK-1");
    }

    @Test
    void sessions_that_overlap_are_a_problem_of_the_venue() {
        var read =
                Sessions.OURS.with(
                        "our.calendar",
                        "venue XNYS\nspecial 05:00-1d to 10:00 2026-11-25 \"wrong\"");

        assertThat(((Read.Bad<Calendars>) read).problems())
                .extracting(Object::toString)
                .containsExactly(
                        "our.calendar:1:1 XNYS: the session of 2026-11-25 begins before that of 2026-11-24 has ended; give one of them other hours");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_a_hand_slips_into_it_ends_in_calendars_or_in_problems(long seed)
            throws Exception {
        var random = new Random(seed);
        var file = Files.readString(Path.of("src/main/resources/dev/pitcrew/market/XTKS.calendar"));
        for (int i = 0; i < 100; i++) {
            var text = new StringBuilder(file);
            for (int slips = random.nextInt(1, 5); slips > 0; slips--) {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(12));
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(from, to);
                    case 1 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
                    case 2 -> text.insert(from, "9");
                    default -> text.insert(from, " \" ");
                }
            }

            assertThatCode(() -> Sessions.OURS.with("our.calendar", text.toString()))
                    .as(text.toString())
                    .doesNotThrowAnyException();
        }
    }
}
