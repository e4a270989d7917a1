package dev.pitcrew.runtime;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for conditions.
public final class Awaiting {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Awaiting() {}

    static void until(BooleanSupplier condition) {
        until("it", LIMIT, condition, () -> "");
    }

    /// @param said what to show when it was in vain
    public static void until(
            String what, Duration limit, BooleanSupplier condition, Supplier<String> said) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + "\n" + said.get());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
