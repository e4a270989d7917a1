package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest extends ClockContract {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final SteadyClock clock = SteadyClock.notBefore(NOON);

    @Override
    InstantSource clock() {
        return clock;
    }

    @Override
    void pass(Duration time) {
        var began = System.nanoTime();
        while (System.nanoTime() - began < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void it_goes_on_by_what_has_passed() {
        var nanos = new AtomicLong(Long.MAX_VALUE - 2); // a count that overflows counts on
        var clock = new SteadyClock(NOON, nanos::get);
        nanos.addAndGet(5);

        assertThat(clock.instant()).isEqualTo(NOON.plusNanos(5));
    }

    @Test
    void it_never_starts_before_what_has_happened() {
        var later = Instant.now().plusSeconds(3600);

        assertThat(SteadyClock.notBefore(later).instant()).isAfterOrEqualTo(later);
        assertThat(SteadyClock.notBefore(NOON).instant()).isAfter(NOON);
    }
}
