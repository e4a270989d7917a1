package desk.venue;

import java.util.HashMap;
import java.util.Map;

/// How many requests an account may make: so many a second, and as many at once.
final class RateLimit {
    private final int perSecond;
    private final Map<String, Bucket> buckets = new HashMap<>();

    RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    /// @param left requests that may come at once
    private record Bucket(double left, long atNanos) {}

    /// Whether one more is within the rate; it then counts.
    synchronized boolean takes(String account, long nowNanos) {
        var before = buckets.getOrDefault(account, new Bucket(perSecond, nowNanos));
        var regained = (nowNanos - before.atNanos()) / 1e9 * perSecond;
        var left = Math.min(perSecond, before.left() + regained);
        var takes = left >= 1;
        buckets.put(account, new Bucket(takes ? left - 1 : left, nowNanos));
        return takes;
    }
}
