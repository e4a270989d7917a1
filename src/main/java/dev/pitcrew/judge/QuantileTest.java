package dev.pitcrew.judge;

/// Whether a quantile of the canary's values is larger than the baseline's, and by how many times: the two-sample
/// quantile test, which assumes nothing about the distributions.
///
/// Of each arm it asks how far a value x is from being the arm's quantile; the x that suits both best counts. Values are
/// only compared with each other, so that their unit makes no difference, and ties and buckets are allowed.
///
/// @see <a href="https://doi.org/10.3150/21-BEJ1388">Howard and Ramdas 2022, Theorem 5</a>
public final class QuantileTest {
    private static final double TIE = 1e-12; // so near are values equal, whatever unit rounded them
    private static final int ROUNDS = 25;

    private final double p;
    private final BetaMixture mixture;
    private final double prior;

    /// @param p which quantile, above 0 and below 1
    /// @param tOpt at how many values an arm it shall be sharpest, above 0; fixed before any is seen
    /// @param alphaOpt at which level it shall be
    public QuantileTest(double p, double tOpt, double alphaOpt) {
        if (!(tOpt > 0 && alphaOpt > 0 && alphaOpt < 1)) {
            throw new IllegalArgumentException(
                    "tOpt above 0 and a level inside (0, 1), got " + tOpt + " and " + alphaOpt);
        }
        this.p = p;
        this.mixture = BetaMixture.tuned(p, tOpt * p * (1 - p), alphaOpt);
        this.prior = mixture.prior();
    }

    /// One arm: how much speaks against its quantile lying at a step.
    private final class Arm {
        private final Steps steps;
        private final double size;
        private final double middle; // so many values below speak least
        private final double least;
        private final int first; // the first step with the middle at or below it

        Arm(Steps steps) {
            this.steps = steps;
            size = steps.size();
            middle = middle();
            least = against(middle);
            int at = 0;
            while (at < steps.count() - 1 && steps.upTo(at) < middle) {
                at++;
            }
            first = at;
        }

        double against(double below) {
            return Logs.betaOver(mixture.a() + below, mixture.b() + size - below, p) - prior;
        }

        /// Against a quantile of at least the step.
        double ifAbove(long before) {
            return before <= middle ? least : against((double) before);
        }

        /// Against a quantile of at most the step.
        double ifBelow(long upTo) {
            return upTo >= middle ? least : against((double) upTo);
        }

        private double middle() {
            double guess = p * (size - 1) + 0.5;
            double low = Math.max(0, guess - 2);
            double high = Math.min(size, guess + 2);
            for (int round = 0; round < ROUNDS; round++) {
                double third = (high - low) / 3;
                if (against(low + third) < against(high - third)) {
                    high -= third;
                } else {
                    low += third;
                }
            }
            return (low + high) / 2;
        }
    }

    /// Two-sided: whether the two arms' quantiles differ.
    ///
    /// @return log E
    public double logE(Values baseline, Values canary) {
        return Math.max(logEAbove(baseline, canary, 1), logEAbove(canary, baseline, 1));
    }

    /// Whether the canary's quantile is more than so many times the baseline's.
    ///
    /// @param limit 1 + the margin, above 0
    /// @return log E in that direction; at most 0 while the sample quantiles lie the other way round
    public double logEAbove(Values baseline, Values canary, double limit) {
        if (baseline.buckets().isEmpty() || canary.buckets().isEmpty()) {
            return 0;
        }
        // What is known between two ends only is taken for the canary's sake.
        var low = new Arm(Steps.highs(baseline));
        var high = new Arm(Steps.lows(canary));
        double best = Double.POSITIVE_INFINITY;
        int at = low.steps.count(); // the baseline's values from here on are not below x
        for (int j = high.first; j >= 0; j--) {
            double here = high.ifBelow(high.steps.upTo(j));
            if (here + low.least >= best) {
                return best;
            }
            double x = high.steps.at(j);
            while (at > 0 && !isBelow(low.steps.at(at - 1) * limit, x)) {
                at--;
            }
            long before = low.steps.before(at);
            best = Math.min(best, here + low.ifAbove(before));
            if (before <= low.middle) {
                return best;
            }
        }
        return Math.min(best, high.against(0) + low.least);
    }

    /// Whether a value lies below x, and is not equal to it but for rounding.
    private static boolean isBelow(double value, double x) {
        return value < x - TIE * x;
    }

    /// The largest ratio r for which nothing at this level speaks against canary / r and the baseline having the same quantile.
    ///
    /// @param alpha the level
    /// @return at least 0; infinite while nothing says so
    public double ratioHigh(Values baseline, Values canary, double alpha) {
        // Taken for the baseline's sake: its values as small, the canary's as large as they can be.
        return largest(Steps.lows(baseline), Steps.highs(canary), Math.log(1 / alpha));
    }

    /// The smallest such ratio.
    ///
    /// @param alpha the level
    /// @return at least 0
    public double ratioLow(Values baseline, Values canary, double alpha) {
        return 1 / largest(Steps.lows(canary), Steps.highs(baseline), Math.log(1 / alpha));
    }

    /// How many times a value of the first arm one of the second may be, so that both may be the quantile.
    private double largest(Steps first, Steps second, double limit) {
        if (first.count() == 0 || second.count() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        var below = new Arm(first);
        var above = new Arm(second);
        if (below.against(0) + above.least < limit
                || above.against(above.size) + below.least < limit) {
            return Double.POSITIVE_INFINITY; // too few values to bound the quantile at all
        }
        int top = above.first;
        while (top + 1 < second.count()
                && above.ifAbove(second.before(top + 1)) + below.least < limit) {
            top++;
        }
        double most = 0;
        for (int i = below.first; i >= 0; i--) {
            double here = below.ifBelow(first.upTo(i));
            if (here + above.least >= limit) {
                break;
            }
            while (top > above.first && above.ifAbove(second.before(top)) + here >= limit) {
                top--;
            }
            most =
                    Math.max(
                            most,
                            first.at(i) == 0
                                    ? Double.POSITIVE_INFINITY
                                    : second.at(top) / first.at(i));
        }
        return most;
    }
}
