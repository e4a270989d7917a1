package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.cli.DarkArrivals.Dark;
import dev.pitcrew.cli.DarkArrivals.Order;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DarkArrivalsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final DarkArrivals arrivals =
            new DarkArrivals(
                    List.of(
                            order("a", 0),
                            order("b", 100),
                            order("c", 110),
                            order("d", 300),
                            order("e", 520)),
                    List.of(order("a", 5), order("b", 120), order("d", 500), order("e", 530)));

    @Test
    void an_order_counts_that_came_after_the_last_one_that_the_old_sender_took() {
        // b was the last; c came before the dark time began and yet too late, d within it.
        assertThat(arrivals.count(List.of(dark(120, 500)))).isEqualTo(3);
    }

    @Test
    void an_order_counts_once_however_many_dark_times_it_came_in() {
        assertThat(arrivals.count(List.of(dark(120, 500), dark(120, 400)))).isEqualTo(3);
    }

    @Test
    void after_a_kill_all_count_that_came_since() {
        assertThat(arrivals.count(List.of(new Dark(NOON.plusMillis(500), Instant.MAX))))
                .isEqualTo(2);
    }

    @Test
    void without_a_dark_time_none_counts() {
        assertThat(arrivals.count(List.of())).isZero();
    }

    private static Order order(String name, long millis) {
        return new Order(name, NOON.plusMillis(millis));
    }

    private static Dark dark(long from, long to) {
        return new Dark(NOON.plusMillis(from), NOON.plusMillis(to));
    }
}
