package dev.pitcrew.judge;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Events of two arms, counted by the share of the exposure that the canary had when they came: all that the tests of
/// rates need to know. One entry for each weight of a rollout, whatever the order in which events came.
///
/// @param phases the canary's share of the exposure, above 0 and below 1, and what was counted under it
public record Counts(SortedMap<Double, Pair> phases) {
    /// Nothing seen yet.
    public static final Counts NONE = new Counts(Collections.emptySortedMap());

    /// @param canary events of the canary, at least 0
    /// @param baseline events of the baseline, at least 0
    public record Pair(double canary, double baseline) {
        public Pair {
            if (!(canary >= 0 && baseline >= 0)
                    || Double.isInfinite(canary)
                    || Double.isInfinite(baseline)) {
                throw new IllegalArgumentException(
                        "counts are finite and at least 0, got " + canary + " and " + baseline);
            }
        }

        double total() {
            return canary + baseline;
        }

        Pair plus(Pair other) {
            return new Pair(canary + other.canary, baseline + other.baseline);
        }
    }

    public Counts {
        for (double share : phases.keySet()) {
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "the canary's share lies between 0 and 1, got " + share);
            }
        }
        phases = Collections.unmodifiableSortedMap(new TreeMap<>(phases));
    }

    /// All of it under one weight.
    public static Counts of(double canaryShare, double canary, double baseline) {
        return NONE.and(canaryShare, canary, baseline);
    }

    /// With what a look brought.
    public Counts and(double canaryShare, double canary, double baseline) {
        var sum = new TreeMap<>(phases);
        sum.merge(canaryShare, new Pair(canary, baseline), Pair::plus);
        return new Counts(sum);
    }

    /// Of this and other events together.
    public Counts and(Counts other) {
        var sum = new TreeMap<>(phases);
        other.phases.forEach((share, pair) -> sum.merge(share, pair, Pair::plus));
        return new Counts(sum);
    }

    /// As if only each n-th event had come: n events that come together count as one.
    public Counts thinned(double n) {
        var fewer = new TreeMap<Double, Pair>();
        phases.forEach(
                (share, pair) -> fewer.put(share, new Pair(pair.canary / n, pair.baseline / n)));
        return new Counts(fewer);
    }

    /// The arms changed for each other, for what is worse when there is less of it.
    public Counts swapped() {
        var other = new TreeMap<Double, Pair>();
        phases.forEach((share, pair) -> other.put(1 - share, new Pair(pair.baseline, pair.canary)));
        return new Counts(other);
    }

    /// Over all weights.
    public Pair total() {
        return phases.values().stream().reduce(new Pair(0, 0), Pair::plus);
    }
}
