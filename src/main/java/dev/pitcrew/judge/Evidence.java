package dev.pitcrew.judge;

/// What was seen of one metric so far. Adding what a look brought gives the same whatever the order within the look.
public sealed interface Evidence {
    /// Of this and of what else was seen of the same metric.
    ///
    /// @throws IllegalArgumentException when the other is of another kind
    Evidence and(Evidence other);

    /// Events of a share or a rate.
    ///
    /// @param counts those that are judged
    /// @param baselineAll how much exposure the baseline had: requests, orders, seconds; at least 0
    /// @param canaryAll how much the canary had
    /// @param burst how many events come together, at least 1: so many count as one
    /// @param missing scrapes or rows from which nothing could be learnt
    record Counted(Counts counts, double baselineAll, double canaryAll, double burst, long missing)
            implements Evidence {
        public Counted {
            if (!(baselineAll >= 0 && canaryAll >= 0 && burst >= 1) || missing < 0) {
                throw new IllegalArgumentException(
                        "exposures are at least 0 and a burst at least 1, got %s, %s and %s"
                                .formatted(baselineAll, canaryAll, burst));
            }
        }

        /// Events of all, under one weight: the shares are those of the exposure.
        ///
        /// @throws IllegalArgumentException when one arm has more events than exposure
        public static Counted of(
                double baselineBad, double baselineAll, double canaryBad, double canaryAll) {
            boolean hasBoth = baselineAll > 0 && canaryAll > 0;
            return new Counted(
                    hasBoth
                            ? Counts.of(
                                    canaryAll / (baselineAll + canaryAll), canaryBad, baselineBad)
                            : Counts.NONE,
                    baselineAll,
                    canaryAll,
                    1,
                    0);
        }

        @Override
        public Counted and(Evidence other) {
            if (!(other instanceof Counted more)) {
                throw new IllegalArgumentException("counts can't be added to " + other);
            }
            return new Counted(
                    counts.and(more.counts),
                    baselineAll + more.baselineAll,
                    canaryAll + more.canaryAll,
                    Math.max(burst, more.burst),
                    missing + more.missing);
        }

        /// With another size of bursts.
        public Counted withBurst(double events) {
            return new Counted(counts, baselineAll, canaryAll, events, missing);
        }
    }

    /// Values of a latency.
    ///
    /// @param signs of the pairs
    /// @param missing values that were none, such as NaN
    /// @param thinned how many were left out because they came too soon after another one, or for the same order
    record Measured(Values baseline, Values canary, SignCount signs, long missing, long thinned)
            implements Evidence {
        public Measured {
            if (missing < 0 || thinned < 0) {
                throw new IllegalArgumentException("counts are at least 0");
            }
        }

        /// One look's values, of which no pairs are made: they came as histograms.
        public static Measured of(Values baseline, Values canary) {
            return new Measured(baseline, canary, SignCount.NONE, 0, 0);
        }

        @Override
        public Measured and(Evidence other) {
            if (!(other instanceof Measured more)) {
                throw new IllegalArgumentException("values can't be added to " + other);
            }
            return new Measured(
                    baseline.and(more.baseline),
                    canary.and(more.canary),
                    signs.and(more.signs),
                    missing + more.missing,
                    thinned + more.thinned);
        }

        /// In so few buckets that it can be stored.
        public Measured coarse() {
            return new Measured(baseline.coarse(), canary.coarse(), signs, missing, thinned);
        }
    }
}
