package dev.pitcrew.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How often somebody may ask: a bucket for each, which fills at a steady rate.
///
/// @param buckets by name
/// @param burst how many at once
/// @param perSecond how many more each second
record Rates(Map<String, Bucket> buckets, double burst, double perSecond) {
    private static final int KEPT = 10_000;

    /// @param level how many are left
    /// @param nanos when it was so
    /// @param gave whether the last one who asked got one
    record Bucket(double level, long nanos, boolean gave) {}

    Rates(double burst, double perSecond) {
        this(new ConcurrentHashMap<>(), burst, perSecond);
    }

    /// Takes one out.
    ///
    /// @return whether there was one
    boolean take(String name, long nanos) {
        if (buckets.size() > KEPT) {
            buckets.clear(); // whoever makes up names by the thousand gains a few requests
        }
        var after =
                buckets.compute(
                        name,
                        (_, one) -> {
                            var level =
                                    one == null
                                            ? burst
                                            : Math.min(
                                                    burst,
                                                    one.level()
                                                            + (nanos - one.nanos())
                                                                    / 1e9
                                                                    * perSecond);
                            return level >= 1
                                    ? new Bucket(level - 1, nanos, true)
                                    : new Bucket(level, nanos, false);
                        });
        return after.gave();
    }
}
