package dev.pitcrew.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.market.ChangeWindows.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangeWindowsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z"); // Wednesday
    private static final Instant MONDAY = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void without_a_margin_a_window_is_the_time_in_which_no_venue_trades() {
        var windows = closed("XNYS", "XTKS").from(NOON, MONDAY, 3);

        assertThat(windows)
                .containsExactly(
                        window("2026-11-25T12:00:00Z", "2026-11-25T14:30:00Z"),
                        window("2026-11-25T21:00:00Z", "2026-11-26T00:00:00Z"),
                        window("2026-11-26T02:30:00Z", "2026-11-26T03:30:00Z")); // Tokyo's break
    }

    @Test
    void with_a_margin_it_is_as_far_from_every_open_and_close_and_may_be_in_session() {
        var windows = clear(15, false, "XNYS").from(NOON, MONDAY, 4);

        assertThat(windows)
                .containsExactly(
                        window("2026-11-25T12:00:00Z", "2026-11-25T14:15:00Z"),
                        window("2026-11-25T14:45:00Z", "2026-11-25T20:45:00Z", "XNYS"),
                        window("2026-11-25T21:15:00Z", "2026-11-27T14:15:00Z"), // Thanksgiving
                        window("2026-11-27T14:45:00Z", "2026-11-27T17:45:00Z", "XNYS"));
    }

    @Test
    void with_a_margin_and_closed_it_is_both() {
        var windows = clear(15, true, "XNYS").from(NOON, MONDAY, 2);

        assertThat(windows)
                .containsExactly(
                        window("2026-11-25T12:00:00Z", "2026-11-25T14:15:00Z"),
                        window("2026-11-25T21:15:00Z", "2026-11-27T14:15:00Z"));
    }

    @Test
    void what_is_too_short_is_no_window() {
        var rule =
                new ChangeWindows(
                        venues("CME-EQUITY"),
                        Duration.ofMinutes(61),
                        Optional.empty(),
                        false); // its pause is an hour

        assertThat(rule.from(NOON, MONDAY, 1))
                .containsExactly(window("2026-11-26T18:00:00Z", "2026-11-26T23:00:00Z"));
    }

    @Test
    void auctions_and_freezes_are_in_no_window() {
        var frozen =
                Sessions.with(
                        "XLON", "everywhere\nfreeze 18:00Z to 20:00Z 2026-11-25 \"earnings\"");
        var rule =
                new ChangeWindows(
                        List.of(frozen), Duration.ofMinutes(1), Optional.of(Duration.ZERO), false);

        assertThat(rule.from(Instant.parse("2026-11-25T16:00:00Z"), MONDAY, 4))
                .containsExactly(
                        window("2026-11-25T16:00:00Z", "2026-11-25T16:30:00Z", "XLON"),
                        window("2026-11-25T16:35:00Z", "2026-11-25T18:00:00Z"),
                        window("2026-11-25T20:00:00Z", "2026-11-26T07:50:00Z"),
                        window("2026-11-26T08:00:00Z", "2026-11-26T16:30:00Z", "XLON"));
    }

    @Test
    void there_is_no_window_in_what_is_not_known() {
        var end = Instant.parse("2028-01-01T05:00:00Z");
        var rule = closed("XNYS");

        assertThat(rule.from(Instant.parse("2027-12-31T22:00:00Z"), end.plusSeconds(86_400), 9))
                .containsExactly(window("2027-12-31T22:00:00Z", "2028-01-01T05:00:00Z"));
        assertThat(rule.from(end, end.plusSeconds(86_400), 9)).isEmpty();
    }

    @Test
    void who_trades_around_the_clock_has_windows_with_a_margin_alone() {
        assertThat(closed("CRYPTO").from(NOON, MONDAY, 9)).isEmpty();
        assertThat(clear(15, false, "CRYPTO").from(NOON, MONDAY, 9))
                .containsExactly(window("2026-11-25T12:00:00Z", "2026-11-30T12:00:00Z", "CRYPTO"));
    }

    @Test
    void summer_time_on_one_side_of_the_atlantic_moves_the_window() {
        var rule = closed("XNYS", "XLON");

        assertThat(
                        Stream.of("2026-03-06", "2026-03-09", "2026-03-30")
                                .map(day -> Instant.parse(day + "T18:00:00Z"))
                                .map(at -> rule.from(at, at.plusSeconds(86_400), 1).getFirst()))
                .extracting(window -> window.start().toString().substring(11))
                .containsExactly("21:00:00Z", "20:00:00Z", "20:00:00Z");
    }

    @Test
    void a_rule_without_venues_or_with_a_negative_margin_can_t_be_built() {
        assertThatThrownBy(() -> closed()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clear(-1, false, "XNYS"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ChangeWindows closed(String... names) {
        return new ChangeWindows(venues(names), Duration.ofMinutes(20), Optional.empty(), false);
    }

    private static ChangeWindows clear(int minutes, boolean isClosedOnly, String... names) {
        return new ChangeWindows(
                venues(names),
                Duration.ofMinutes(20),
                Optional.of(Duration.ofMinutes(minutes)),
                isClosedOnly);
    }

    private static List<Calendar> venues(String... names) {
        return Stream.of(names).map(Sessions::of).toList();
    }

    private static Window window(String start, String end, String... trading) {
        return new Window(Instant.parse(start), Instant.parse(end), List.of(trading));
    }
}
