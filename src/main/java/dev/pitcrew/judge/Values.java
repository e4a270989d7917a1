package dev.pitcrew.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Values of one arm, as far as they are known: each lies between two ends, which are the same when it is known exactly.
/// Sorted, so that the order in which they came makes no difference.
///
/// @param buckets sorted by low, then high end; none of them empty
public record Values(List<Bucket> buckets) {
    /// None.
    public static final Values NONE = new Values(List.of());

    private static final double PER_DECADE = 1_000;
    private static final double ROUNDING = 1e-9;

    /// Some values.
    ///
    /// @param low at least so large, from 0
    /// @param high at most so large; may be infinite
    /// @param count how many, at least 1
    public record Bucket(double low, double high, long count) implements Comparable<Bucket> {
        public Bucket {
            if (!(low >= 0 && high >= low && low < Double.POSITIVE_INFINITY) || count < 1) {
                throw new IllegalArgumentException(
                        "0 <= low <= high and at least one value, got %s to %s, %d"
                                .formatted(low, high, count));
            }
        }

        @Override
        public int compareTo(Bucket other) {
            int first = Double.compare(low, other.low);
            return first == 0 ? Double.compare(high, other.high) : first;
        }
    }

    public Values {
        buckets = List.copyOf(buckets);
        for (int i = 1; i < buckets.size(); i++) {
            if (buckets.get(i - 1).compareTo(buckets.get(i)) >= 0) {
                throw new IllegalArgumentException("buckets are sorted, and each is there once");
            }
        }
    }

    /// Values that are known exactly.
    ///
    /// @param values finite and at least 0, in any order
    public static Values of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        var buckets = new ArrayList<Bucket>();
        for (int i = 0; i < sorted.length; ) {
            int end = i;
            while (end < sorted.length && sorted[end] == sorted[i]) {
                end++;
            }
            double value = sorted[i] + 0.0; // -0 becomes 0
            buckets.add(new Bucket(value, value, end - i));
            i = end;
        }
        return new Values(buckets);
    }

    /// Of buckets in any order, those with the same ends added up.
    public static Values of(Iterable<Bucket> buckets) {
        var sums = new TreeMap<Bucket, Long>();
        for (Bucket one : buckets) {
            sums.merge(new Bucket(one.low, one.high, 1), one.count, Long::sum);
        }
        return new Values(
                sums.entrySet().stream()
                        .map(sum -> new Bucket(sum.getKey().low, sum.getKey().high, sum.getValue()))
                        .toList());
    }

    /// Of these and others together.
    public Values and(Values other) {
        var all = new ArrayList<Bucket>(buckets.size() + other.buckets.size());
        int i = 0;
        int j = 0;
        while (i < buckets.size() || j < other.buckets.size()) {
            int order =
                    i == buckets.size()
                            ? 1
                            : j == other.buckets.size()
                                    ? -1
                                    : buckets.get(i).compareTo(other.buckets.get(j));
            if (order == 0) {
                var one = buckets.get(i++);
                all.add(new Bucket(one.low, one.high, one.count + other.buckets.get(j++).count));
            } else {
                all.add(order < 0 ? buckets.get(i++) : other.buckets.get(j++));
            }
        }
        return new Values(all);
    }

    /// The same in buckets a quarter of a percent wide, a thousand to a power of ten, so that a unit a thousand times larger
    /// has the same ones.
    public Values coarse() {
        return of(buckets.stream().map(Values::widened).toList());
    }

    private static Bucket widened(Bucket one) {
        double low = one.low == 0 ? 0 : Math.pow(10, Math.floor(step(one.low)) / PER_DECADE);
        double high =
                one.high == 0 || Double.isInfinite(one.high)
                        ? one.high
                        : Math.pow(10, (Math.floor(step(one.high)) + 1) / PER_DECADE);
        return new Bucket(Math.min(low, one.low), Math.max(high, one.high), one.count);
    }

    private static double step(double value) {
        return Math.log10(value) * PER_DECADE + ROUNDING;
    }

    /// How many values.
    public long size() {
        long sum = 0;
        for (Bucket one : buckets) {
            sum += one.count;
        }
        return sum;
    }
}
