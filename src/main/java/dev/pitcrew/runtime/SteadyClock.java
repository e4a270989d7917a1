package dev.pitcrew.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Wall time once, and from then on the time that has passed since: it never jumps and never goes back, whatever
/// happens to the host's clock.
public final class SteadyClock implements InstantSource {
    private final Instant start;
    private final LongSupplier nanos;
    private final long startNanos;

    /// @param start what it shows now
    /// @param nanos counts steadily, from anywhere; `System::nanoTime` outside tests
    public SteadyClock(Instant start, LongSupplier nanos) {
        this.start = start;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    /// Starts with the wall clock, but not before the last thing that is known to have happened: a wall clock that was
    /// set back while we were away must not make yesterday's failover look as if it lay ahead.
    public static SteadyClock notBefore(Instant last) {
        return notBefore(last, Instant.now(), System::nanoTime);
    }

    /// The same, with the wall clock and the counter given.
    public static SteadyClock notBefore(Instant last, Instant wall, LongSupplier nanos) {
        return new SteadyClock(wall.isBefore(last) ? last : wall, nanos);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}
