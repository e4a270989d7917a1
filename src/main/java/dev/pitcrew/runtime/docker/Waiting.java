package dev.pitcrew.runtime.docker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for what an engine does and does not tell of by itself.
final class Waiting {
    private static final long POLL_MILLIS = 10;

    private Waiting() {}

    /// @return whether the condition came to hold within the limit
    static boolean until(Duration limit, BooleanSupplier condition) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline || !aMoment()) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /// @return false when interrupted
    static boolean aMoment() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
