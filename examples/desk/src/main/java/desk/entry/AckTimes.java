package desk.entry;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// How long orders took from their arrival to their answer, as a Prometheus histogram whose buckets are a tenth apart: fine enough that
/// two versions can be told from each other by them.
final class AckTimes {
    private static final double FROM_SECONDS = 0.0002;
    private static final double STEP = 1.1;
    private static final int ENDS = 110; // the last one is 6.5 s

    private final AtomicLongArray counts = new AtomicLongArray(ENDS + 1);
    private final LongAdder nanosSum = new LongAdder();

    void add(long nanos) {
        double steps = Math.log(nanos / 1e9 / FROM_SECONDS) / Math.log(STEP);
        counts.incrementAndGet(Math.clamp((long) Math.ceil(steps), 0, ENDS));
        nanosSum.add(nanos);
    }

    /// Appends it in Prometheus text.
    ///
    /// @param labels such as `instance="entry-1"`
    void appendTo(StringBuilder text, String name, String labels) {
        long sum = 0;
        for (int i = 0; i <= ENDS; i++) {
            sum += counts.get(i);
            String end =
                    i == ENDS
                            ? "+Inf"
                            : String.format(Locale.ROOT, "%.6g", FROM_SECONDS * Math.pow(STEP, i));
            text.append("%s_bucket{%s,le=\"%s\"} %d%n".formatted(name, labels, end, sum));
        }
        text.append("%s_count{%s} %d%n".formatted(name, labels, sum));
        text.append(
                String.format(
                        Locale.ROOT, "%s_sum{%s} %.6f%n", name, labels, nanosSum.sum() / 1e9));
    }
}
