package desk.common;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/// The latest few thousand durations, for percentiles in `/status`.
public final class Latencies {
    private final long[] micros = new long[8192];
    private long count;

    public synchronized void add(long nanos) {
        micros[(int) (count++ % micros.length)] = nanos / 1000;
    }

    /// @return `{"p50": …, "p99": …}` in microseconds; zeros before the first
    public ObjectNode toJson() {
        long[] sorted;
        synchronized (this) {
            sorted = Arrays.copyOf(micros, (int) Math.min(count, micros.length));
        }
        Arrays.sort(sorted);
        return Json.object().put("p50", rank(sorted, 0.50)).put("p99", rank(sorted, 0.99));
    }

    private static long rank(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }
}
