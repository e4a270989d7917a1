package desk.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Json;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/// What all clients together did and were told.
final class Totals {
    private static final long LATENCY_MICROS_MAX = 120_000_000;

    // From the moment an order was due, so that a stall of the desk counts for every order it
    // delays.
    private final ConcurrentHistogram latencyMicros =
            new ConcurrentHistogram(LATENCY_MICROS_MAX, 3);
    private final long settledNanos;
    private final LongAdder sent = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder open = new LongAdder();
    private final Map<String, LongAdder> told = new ConcurrentHashMap<>();

    /// @param settledNanos latencies of orders that were due before this moment don't count
    Totals(long settledNanos) {
        this.settledNanos = settledNanos;
    }

    void sent() {
        sent.increment();
    }

    /// @param dueNanos when the order was to be sent
    void acknowledged(long dueNanos, long nowNanos) {
        acknowledged.increment();
        if (dueNanos - settledNanos >= 0) {
            var micros = (nowNanos - dueNanos) / 1_000;
            latencyMicros.recordValue(Math.clamp(micros, 0, LATENCY_MICROS_MAX));
        }
    }

    void rejected() {
        rejected.increment();
    }

    void told(String event) {
        told.computeIfAbsent(event, _ -> new LongAdder()).increment();
    }

    void ended(long refused, long open) {
        this.refused.add(refused);
        this.open.add(open);
    }

    /// @param seconds for which orders were sent
    ObjectNode toJson(double seconds) {
        var json =
                Json.object()
                        .put("sent", sent.sum())
                        .put("acknowledged", acknowledged.sum())
                        .put("rejected", rejected.sum())
                        .put("refused", refused.sum())
                        .put("open", open.sum())
                        .put("rate", Math.round(sent.sum() / seconds));
        told.forEach((event, count) -> json.withObject("/told").put(event, count.sum()));
        json.putObject("latencyMicros")
                .put("p50", latencyMicros.getValueAtPercentile(50))
                .put("p99", latencyMicros.getValueAtPercentile(99))
                .put("max", latencyMicros.getMaxValue());
        return json;
    }
}
