package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.KeepEvent.MendBegun;
import dev.pitcrew.market.Calendars;
import dev.pitcrew.model.Windows;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The last good version stays until the later of the close and some hours, which are one here.
class KeepWarmTest {
    @Test
    void a_version_that_came_at_noon_keeps_the_one_before_until_the_close() {
        var desk = changed(new Windows.Weekly(List.of(evening())));
        desk.pass(Duration.ofHours(5).plusMinutes(29)); // 17:29
        assertThat(desk.decide()).isEmpty();

        desk.pass(Duration.ofMinutes(1));

        assertThat(retired(desk)).containsExactly("gateway-1 is not needed any more");
    }

    @Test
    void a_version_that_came_in_a_window_keeps_the_one_before_over_the_next_trading_session() {
        var desk = new TestingDesk().pass(Duration.ofHours(6)); // 18:00
        desk.with(new Windows.Weekly(List.of(evening())));
        changed(desk);
        desk.pass(Duration.ofHours(23)); // Tuesday, 17:00
        assertThat(desk.decide()).isEmpty();

        desk.pass(Duration.ofMinutes(30));

        assertThat(retired(desk)).hasSize(1);
    }

    @Test
    void just_before_the_close_the_hours_are_later() {
        var desk = new TestingDesk().pass(Duration.ofHours(5)); // 17:00
        desk.with(new Windows.Weekly(List.of(evening())));
        changed(desk);
        desk.pass(Duration.ofMinutes(59));
        assertThat(desk.decide()).isEmpty();

        desk.pass(Duration.ofMinutes(1));

        assertThat(retired(desk)).hasSize(1);
    }

    @Test
    void where_no_window_says_when_the_close_is_only_the_hours_count() {
        var desk = changed(new Windows.Always());
        desk.pass(Duration.ofMinutes(59));
        assertThat(desk.decide()).isEmpty();

        desk.pass(Duration.ofMinutes(1));

        assertThat(retired(desk)).hasSize(1);
    }

    @Test
    void where_a_market_is_named_its_close_counts_and_not_the_window() {
        var desk = new TestingDesk().with(new Windows.Weekly(List.of(evening())));
        var york = Calendars.builtIn().calendar("XNYS").orElseThrow();
        var london = Calendars.builtIn().calendar("XLON").orElseThrow();
        changed(desk.goesBy(List.of(york, london)));
        desk.pass(Duration.ofHours(8).plusMinutes(59)); // 20:59, and New York closes at 21:00
        assertThat(desk.decide()).isEmpty();

        desk.pass(Duration.ofMinutes(1));

        assertThat(retired(desk)).hasSize(1);
    }

    @Test
    void what_came_after_the_close_is_kept_over_the_next_session_holidays_included() {
        var desk = new TestingDesk().pass(Duration.ofHours(3 * 24 - 12)); // Thursday, Thanksgiving
        var york = Calendars.builtIn().calendar("XNYS").orElseThrow();
        changed(desk.goesBy(List.of(york)));
        desk.pass(Duration.ofHours(42).minusMinutes(1)); // Friday, 17:59, a half day
        assertThat(desk.decide()).isEmpty();

        desk.pass(Duration.ofMinutes(1));

        assertThat(retired(desk)).hasSize(1);
    }

    @Test
    void while_nobody_knows_when_the_market_closes_it_is_kept() {
        var desk = changed(new TestingDesk().goesBy(List.of()));

        desk.pass(Duration.ofDays(3));

        assertThat(desk.decide()).isEmpty();
    }

    private static TestingDesk changed(Windows windows) {
        return changed(new TestingDesk().with(windows));
    }

    /// Version 2 serves with two instances, and one of version 1 is left.
    private static TestingDesk changed(TestingDesk desk) {
        return desk.serving(TestingDesk.ONE).serving(TestingDesk.TWO);
    }

    private static List<String> retired(TestingDesk desk) {
        return desk.decided(MendBegun.class).map(MendBegun::reason).toList();
    }

    private static Windows.Window evening() {
        return new Windows.Window(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(17, 30),
                LocalTime.of(8, 0),
                ZoneId.of("UTC"));
    }
}
