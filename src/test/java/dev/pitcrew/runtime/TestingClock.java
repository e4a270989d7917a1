package dev.pitcrew.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that passes only when a test says so.
public final class TestingClock implements InstantSource {
    private volatile Instant now;

    public TestingClock(Instant start) {
        now = start;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
