package dev.pitcrew.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

class TestingClockTest extends ClockContract {
    private final TestingClock clock = new TestingClock(Instant.EPOCH);

    @Override
    InstantSource clock() {
        return clock;
    }

    @Override
    void pass(Duration time) {
        clock.pass(time);
    }
}
