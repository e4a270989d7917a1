package dev.pitcrew.judge;

import java.util.ArrayList;
import java.util.Random;

/// Latencies of two arms from a seed: lognormal(0, 0.5) on a grid of a quarter of a percent, as a histogram would have them.
public final class Workload {
    private static final double SIGMA = 0.5;
    private static final double STEP = 0.0025;
    private static final int CELLS = 6_000;
    private static final double FROM = Math.exp(-CELLS / 2.0 * STEP);

    /// How a value comes about, of the baseline or of the canary.
    public interface Source {
        /// @param index of the value, from 0
        double value(int index, boolean isCanary, Random random);
    }

    private final long[] baseline = new long[CELLS];
    private final long[] canary = new long[CELLS];
    private int size;
    private long halfWins;
    private final Source source;
    private final Random random;
    private final int every;
    private long pairs;

    public Workload(Source source, long seed) {
        this(source, seed, 1);
    }

    /// @param every the canary gets a value whenever the baseline has got so many
    public Workload(Source source, long seed, int every) {
        this.every = every;
        this.source = source;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /// A canary all of whose requests are so many times slower, or some of them.
    ///
    /// @param part of the canary's requests that are slower
    /// @param times by how many times
    public static Source changed(double part, double times) {
        return (_, isCanary, random) -> {
            double value = Math.exp(SIGMA * random.nextGaussian());
            return isCanary && (part >= 1 || random.nextDouble() < part) ? value * times : value;
        };
    }

    /// Goes on until the baseline has so many.
    public void until(int wanted) {
        for (; size < wanted; size++) {
            int theirs = cell(source.value(size, false, random));
            baseline[theirs]++;
            if (size % every == 0) {
                int ours = cell(source.value(size, true, random));
                canary[ours]++;
                pairs++;
                halfWins += ours > theirs ? 2 : ours == theirs ? 1 : 0;
            }
        }
    }

    private static int cell(double value) {
        return (int) Math.clamp(Math.round(Math.log(value / FROM) / STEP), 0, CELLS - 1L);
    }

    public Values baseline() {
        return values(baseline);
    }

    public Values canary() {
        return values(canary);
    }

    public SignCount signs() {
        return new SignCount(halfWins, pairs);
    }

    public long[] baselineCounts() {
        return baseline;
    }

    public long[] canaryCounts() {
        return canary;
    }

    public int size() {
        return size;
    }

    private static Values values(long[] counts) {
        var buckets = new ArrayList<Values.Bucket>();
        for (int i = 0; i < CELLS; i++) {
            if (counts[i] > 0) {
                double value = FROM * Math.exp(i * STEP);
                buckets.add(new Values.Bucket(value, value, counts[i]));
            }
        }
        return new Values(buckets);
    }

    /// From 50 to 20,000 an arm, each look by the same factor later.
    public static int[] looks() {
        var looks = new int[45];
        for (int i = 0; i < looks.length; i++) {
            looks[i] = (int) Math.round(50 * Math.pow(400, i / 44.0));
        }
        return looks;
    }
}
