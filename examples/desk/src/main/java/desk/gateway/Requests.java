package desk.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Latencies;
import java.util.concurrent.atomic.AtomicLong;

/// How requests went: counts since the start, and the latency of the last few thousand.
final class Requests {
    private final long slowNanos;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong slow = new AtomicLong();
    private final Latencies latencies = new Latencies();

    /// @param slowMillis a request that takes longer counts as slow
    Requests(int slowMillis) {
        slowNanos = slowMillis * 1_000_000L;
    }

    void record(long nanos, boolean wasRejected) {
        total.incrementAndGet();
        latencies.add(nanos);
        if (wasRejected) {
            rejected.incrementAndGet();
        }
        if (nanos > slowNanos) {
            slow.incrementAndGet();
        }
    }

    void describe(ObjectNode status) {
        status.putObject("requests")
                .put("total", total.get())
                .put("rejected", rejected.get())
                .put("slow", slow.get());
        status.set("latencyMicros", latencies.toJson());
    }
}
