package dev.pitcrew.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Windows.Weekly;
import dev.pitcrew.model.Windows.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z"); // Monday

    @ParameterizedTest
    @CsvSource({
        // local time in Berlin, which is an hour ahead of UTC in winter
        "2026-11-23T16:29:59Z, false", // Monday 17:29:59
        "2026-11-23T16:30:00Z, true", // Monday 17:30
        "2026-11-23T22:59:59Z, true",
        "2026-11-24T06:59:59Z, true", // Tuesday morning belongs to Monday evening
        "2026-11-24T07:00:00Z, false", // Tuesday 08:00
        "2026-11-24T17:00:00Z, false", // Tuesday evening is no window
        "2026-11-23T05:00:00Z, false" // Monday morning belongs to Sunday
    })
    void a_window_over_midnight_belongs_to_the_day_on_which_it_begins(Instant at, boolean isOpen) {
        var monday = new Weekly(List.of(evening(Set.of(DayOfWeek.MONDAY))));

        assertThat(monday.isOpen(at)).isEqualTo(isOpen);
    }

    @Test
    void a_window_within_a_day_ends_before_its_end() {
        var window =
                new Window(
                        Set.of(DayOfWeek.MONDAY),
                        LocalTime.of(9, 0),
                        LocalTime.of(12, 0),
                        ZoneId.of("UTC"));
        var weekly = new Weekly(List.of(window));

        assertThat(weekly.isOpen(NOON.minusNanos(1))).isTrue();
        assertThat(weekly.isOpen(NOON)).isFalse();
        assertThat(weekly.isOpen(NOON.plus(Duration.ofDays(1)).minusSeconds(1))).isFalse();
        assertThat(new Windows.Always().isOpen(NOON)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T12:00:00Z, 2026-11-23T16:30:00Z", // Monday noon: this evening
        "2026-11-23T16:30:00Z, 2026-11-24T16:30:00Z", // it has begun: the next one
        "2026-11-27T20:00:00Z, 2026-11-30T16:30:00Z", // Friday evening: Monday
        "2026-03-28T12:00:00Z, 2026-03-30T15:30:00Z" // a Saturday before summer time
    })
    void the_next_opening_is_the_next_that_begins(Instant after, Instant opening) {
        var workdays = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        var weekly = new Weekly(List.of(evening(workdays)));

        assertThat(weekly.nextOpening(after)).contains(opening);
    }

    @Test
    void a_window_of_one_day_comes_again_a_week_later() {
        var weekly = new Weekly(List.of(evening(Set.of(DayOfWeek.MONDAY))));
        var opening = Instant.parse("2026-11-23T16:30:00Z");

        assertThat(weekly.nextOpening(opening)).contains(opening.plus(Duration.ofDays(7)));
    }

    @Test
    void of_several_windows_the_first_to_begin_is_next() {
        var lunch =
                new Window(
                        Set.of(DayOfWeek.MONDAY),
                        LocalTime.of(13, 30),
                        LocalTime.of(14, 0),
                        BERLIN);
        var weekly = new Weekly(List.of(evening(Set.of(DayOfWeek.MONDAY)), lunch));

        assertThat(weekly.nextOpening(NOON)).contains(Instant.parse("2026-11-23T12:30:00Z"));
    }

    @Test
    void what_is_always_open_never_opens() {
        assertThat(new Windows.Always().nextOpening(NOON)).isEmpty();
    }

    private static Window evening(Set<DayOfWeek> days) {
        return new Window(days, LocalTime.of(17, 30), LocalTime.of(8, 0), BERLIN);
    }
}
