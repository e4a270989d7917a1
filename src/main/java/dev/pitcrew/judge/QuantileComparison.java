package dev.pitcrew.judge;

/// Both arms under one quantile test: what speaks for harm, and between which ratios the quantiles lie.
///
/// What speaks against a value falls along one arm and grows along the other. So of a whole stretch of values it is known what speaks
/// against each of them at least, and stretches that can't have the answer are left out.
final class QuantileComparison {
    private static final double TIE = 1e-12; // so near are values equal, whatever unit rounded them

    private final Ends baseline;
    private final Ends canary;
    // What is known between two ends only is taken for the canary's sake ...
    private final QuantileArm baselineHigh;
    private final QuantileArm canaryLow;
    // ... and for a pass for the baseline's.
    private final QuantileArm baselineLow;
    private final QuantileArm canaryHigh;

    QuantileComparison(QuantileTest test, Values baseline, Values canary) {
        this(test, Ends.of(baseline), Ends.of(canary));
    }

    QuantileComparison(QuantileTest test, Ends baseline, Ends canary) {
        this.baseline = baseline;
        this.canary = canary;
        baselineHigh = test.arm(baseline.highs);
        canaryLow = test.arm(canary.lows);
        baselineLow = test.arm(baseline.lows);
        canaryHigh = test.arm(canary.highs);
    }

    /// One arm's values, as small and as large as they can be.
    record Ends(Steps lows, Steps highs) {
        static Ends of(Values values) {
            return new Ends(Steps.lows(values), Steps.highs(values));
        }

        /// The sample quantile, from below and from above.
        Values.Bucket quantile(double p) {
            double low = lows.quantile(p);
            return new Values.Bucket(low, Math.max(low, highs.quantile(p)), 1);
        }
    }

    Ends baseline() {
        return baseline;
    }

    Ends canary() {
        return canary;
    }

    /// Whether the canary's quantile is more than so many times the baseline's.
    ///
    /// @param limit 1 + the margin, above 0
    double logEAbove(double limit) {
        int all = canaryLow.count();
        if (all == 0 || baselineHigh.count() == 0) {
            return 0;
        }
        double best = Math.min(against(0, limit), against(all, limit));
        return least(0, all, limit, best);
    }

    /// Against a value that so many of the canary's steps lie at or below.
    private double against(int upTo, double limit) {
        return canaryLow.tooFew(upTo) + baselineHigh.tooMany(below(upTo, limit));
    }

    /// How many of the baseline's steps lie below the value.
    private int below(int upTo, double limit) {
        if (upTo == 0) {
            return 0;
        }
        double x = canaryLow.steps().at(upTo - 1);
        int low = 0;
        int high = baselineHigh.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBelow(baselineHigh.steps().at(middle) * limit, x)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Whether a value lies below x, and is not equal to it but for rounding.
    private static boolean isBelow(double value, double x) {
        return value < x - TIE * x;
    }

    /// @param best what is known already of both ends
    private double least(int from, int to, double limit, double best) {
        if (to - from < 2
                || canaryLow.tooFew(to) + baselineHigh.tooMany(below(from, limit)) >= best) {
            return best;
        }
        int middle = (from + to) >>> 1;
        double some = Math.min(best, against(middle, limit));
        some = least(from, middle, limit, some);
        return least(middle, to, limit, some);
    }

    /// The largest ratio that nothing at this level speaks against.
    ///
    /// @param alpha the level
    /// @return at least 0; infinite while nothing says so
    double ratioHigh(double alpha) {
        return largest(baselineLow, canaryHigh, Math.log(1 / alpha));
    }

    /// The smallest such ratio.
    double ratioLow(double alpha) {
        return 1 / largest(canaryLow, baselineHigh, Math.log(1 / alpha));
    }

    /// How many times a value of the first arm one of the second may be, so that both may be the quantile.
    private static double largest(QuantileArm first, QuantileArm second, double limit) {
        int all = first.count();
        if (all == 0
                || second.count() == 0
                || first.tooFew(0) + second.tooMany(0) < limit
                || first.tooFew(all) + second.tooMany(second.count()) < limit) {
            return Double.POSITIVE_INFINITY; // too few values to bound the quantile at all
        }
        return new Ratios(first, second, limit).largest();
    }

    /// @param limit at which a pair of values is ruled out
    private record Ratios(QuantileArm first, QuantileArm second, double limit) {
        double largest() {
            int last = first.count();
            if (!isOpen(last, 0)) {
                return 0;
            }
            int from = 0; // the first arm's smallest value that is not ruled out, less one
            for (int to = last; to - from > 1; ) {
                int middle = (from + to) >>> 1;
                if (isOpen(middle, 0)) {
                    to = middle;
                } else {
                    from = middle;
                }
            }
            from++;
            int topFrom = top(from, 0, second.count() - 1);
            int topLast = top(last, topFrom, second.count() - 1);
            double best = Math.max(ratio(from, topFrom), ratio(last, topLast));
            return largest(from, topFrom, last, topLast, best);
        }

        private boolean isOpen(int upTo, int before) {
            return first.tooFew(upTo) + second.tooMany(before) < limit;
        }

        /// The second arm's last value that may go with one of the first; the smallest of those in question may.
        private int top(int upTo, int from, int to) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (isOpen(upTo, middle)) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        private double ratio(int upTo, int top) {
            double value = first.steps().at(upTo - 1);
            return value == 0 ? Double.POSITIVE_INFINITY : second.steps().at(top) / value;
        }

        private double largest(int from, int topFrom, int to, int topTo, double best) {
            if (to - from < 2 || ratio(from + 1, topTo) <= best) {
                return best;
            }
            int middle = (from + to) >>> 1;
            int top = top(middle, topFrom, topTo);
            double some = Math.max(best, ratio(middle, top));
            some = largest(from, topFrom, middle, top, some);
            return largest(middle, top, to, topTo, some);
        }
    }
}
