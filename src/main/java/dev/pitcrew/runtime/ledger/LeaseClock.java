package dev.pitcrew.runtime.ledger;

import java.time.Duration;

/// A moment by two clocks of this host. The monotonic one can't be set but may stand still while the host sleeps; the other
/// one is set now and then. The longer of both is how long ago it may be.
record LeaseClock(long nanos, long wallMillis) {
    static LeaseClock now() {
        return new LeaseClock(System.nanoTime(), System.currentTimeMillis());
    }

    /// How long ago it was at most.
    Duration ago(LeaseClock now) {
        var steady = Duration.ofNanos(now.nanos - nanos);
        var wall = Duration.ofMillis(now.wallMillis - wallMillis);
        return steady.compareTo(wall) > 0 ? steady : wall;
    }
}
