package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
    private static final LeaseClock RENEWED = new LeaseClock(7_000_000_000L, 1_000_000);

    private static LeaseClock later(long steadySeconds, long wallSeconds) {
        return new LeaseClock(
                RENEWED.nanos() + steadySeconds * 1_000_000_000L,
                RENEWED.wallMillis() + wallSeconds * 1_000);
    }

    @Test
    void a_wall_clock_that_jumps_ahead_ends_the_lease_early() {
        assertThat(RENEWED.ago(later(3, 3_603))).isEqualTo(Duration.ofSeconds(3_603));
    }

    @Test
    void a_wall_clock_that_is_set_back_makes_it_no_longer() {
        assertThat(RENEWED.ago(later(9, -3_591))).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void a_host_that_slept_knows_it_by_its_wall_clock() {
        assertThat(RENEWED.ago(later(1, 60))).isEqualTo(Duration.ofSeconds(60));
    }
}
