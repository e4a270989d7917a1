package dev.pitcrew.judge;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The distribution function of one arm: where it steps, and how many values lie at or below each step.
final class Steps {
    private final double[] at; // distinct values, ascending
    private final long[] upTo; // how many values are at most so large; the last is all of them

    private Steps(double[] at, long[] upTo) {
        this.at = at;
        this.upTo = upTo;
    }

    /// As if every value were as small as it can be.
    static Steps lows(Values values) {
        return of(values, true);
    }

    /// As if every value were as large as it can be.
    static Steps highs(Values values) {
        return of(values, false);
    }

    private static Steps of(Values values, boolean isLow) {
        var buckets = values.buckets();
        int size = buckets.size();
        var ends = new double[size];
        var counts = new long[size];
        boolean isSorted = true;
        for (int i = 0; i < size; i++) {
            ends[i] = isLow ? buckets.get(i).low() : buckets.get(i).high();
            counts[i] = buckets.get(i).count();
            isSorted &= i == 0 || ends[i] >= ends[i - 1];
        }
        if (!isSorted) { // buckets that overlap
            sort(ends, counts);
        }
        int steps = 0;
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += counts[i];
            if (steps > 0 && ends[steps - 1] == ends[i]) {
                steps--;
            }
            ends[steps] = ends[i];
            counts[steps++] = sum;
        }
        return new Steps(Arrays.copyOf(ends, steps), Arrays.copyOf(counts, steps));
    }

    private static void sort(double[] ends, long[] counts) {
        var order =
                IntStream.range(0, ends.length)
                        .boxed()
                        .sorted((i, j) -> Double.compare(ends[i], ends[j]))
                        .toList();
        double[] oldEnds = ends.clone();
        long[] oldCounts = counts.clone();
        for (int i = 0; i < ends.length; i++) {
            ends[i] = oldEnds[order.get(i)];
            counts[i] = oldCounts[order.get(i)];
        }
    }

    long size() {
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /// How many steps.
    int count() {
        return at.length;
    }

    /// The value of a step.
    double at(int step) {
        return at[step];
    }

    /// How many lie at or below the step.
    long upTo(int step) {
        return upTo[step];
    }

    /// How many lie at the first so many steps.
    long first(int steps) {
        return steps == 0 ? 0 : upTo[steps - 1];
    }

    /// The smallest value that at least so large a part of all is at or below.
    double quantile(double p) {
        double wanted = p * size();
        for (int i = 0; i < at.length; i++) {
            if (upTo[i] >= wanted) {
                return at[i];
            }
        }
        return Double.NaN;
    }
}
