package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// What every clock of a controller must do; run against the real one and against the one of the tests.
abstract class ClockContract {
    private static final Duration SHORT = Duration.ofMillis(2);

    abstract InstantSource clock();

    /// Lets time pass, at least so much of it.
    abstract void pass(Duration time);

    @Test
    void it_never_goes_back() {
        var last = clock().instant();
        for (int i = 0; i < 1000; i++) {
            var now = clock().instant();
            assertThat(now).isAfterOrEqualTo(last);
            last = now;
        }
    }

    @Test
    void it_goes_on_by_all_that_has_passed() {
        var before = clock().instant();

        pass(SHORT);

        assertThat(clock().instant()).isAfterOrEqualTo(before.plus(SHORT));
    }
}
