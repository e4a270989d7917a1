package dev.pitcrew.judge;

import java.util.stream.DoubleStream;

/// Whether a quantile of the canary's values is larger than the baseline's, and by how many times: the two-sample
/// quantile test, which assumes nothing about the distributions.
///
/// Of each arm it asks how far a value x is from being the arm's quantile; the x that suits both best counts. Values are
/// only compared with each other, so that their unit makes no difference, and ties and buckets are allowed.
///
/// A test is sharpest at one number of values, and nobody knows beforehand at which number a change will show. The mean of several
/// e-values is one, so tests that are sharpest early and late are averaged: that costs at most the logarithm of how many they are.
///
/// @see <a href="https://doi.org/10.3150/21-BEJ1388">Howard and Ramdas 2022, Theorem 5</a>
public final class QuantileTest {
    private static final double TIE = 1e-12; // so near are values equal, whatever unit rounded them
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double NEAR = 1e-4; // of a value; the function is flat there
    private static final double[] SHARPEST_AT = {0.25, 0.0125}; // of what is expected

    private final double p;
    private final BetaMixture[] mixtures;
    private final double[] priors;

    /// @param p which quantile, above 0 and below 1
    /// @param tOpt at how many values an arm it shall be sharpest, above 0; fixed before any is seen
    /// @param alphaOpt at which level it shall be
    public QuantileTest(double p, double tOpt, double alphaOpt) {
        this(p, new double[] {tOpt}, alphaOpt);
    }

    private QuantileTest(double p, double[] tOpt, double alphaOpt) {
        this.p = p;
        mixtures = new BetaMixture[tOpt.length];
        priors = new double[tOpt.length];
        for (int k = 0; k < tOpt.length; k++) {
            if (!(tOpt[k] > 0 && alphaOpt > 0 && alphaOpt < 1)) {
                throw new IllegalArgumentException(
                        "tOpt above 0 and a level inside (0, 1), got "
                                + tOpt[k]
                                + " and "
                                + alphaOpt);
            }
            mixtures[k] = BetaMixture.tuned(p, tOpt[k] * p * (1 - p), alphaOpt);
            priors[k] = mixtures[k].prior();
        }
    }

    /// The mean of tests that are sharpest early and late.
    ///
    /// @param p which quantile, above 0 and below 1
    /// @param expected values of the canary in the end; fixed before any is seen
    /// @param alphaOpt at which level they shall be sharpest
    public static QuantileTest mixed(double p, double expected, double alphaOpt) {
        return new QuantileTest(
                p,
                DoubleStream.of(SHARPEST_AT).map(part -> Math.max(1, part * expected)).toArray(),
                alphaOpt);
    }

    /// One arm: how much speaks against its quantile lying at a step, by each of the tests.
    private final class Arm {
        private final Steps steps;
        private final double size;
        private final double[] middle = new double[priors.length]; // so many below speak least
        private final double[] least = new double[priors.length];
        private final int first; // the first step with every middle at or below it
        private final double lowest; // the smallest middle

        Arm(Steps steps) {
            this.steps = steps;
            size = steps.size();
            double low = Double.POSITIVE_INFINITY;
            double high = 0;
            for (int k = 0; k < priors.length; k++) {
                middle[k] = middle(k);
                least[k] = against(k, middle[k]);
                low = Math.min(low, middle[k]);
                high = Math.max(high, middle[k]);
            }
            lowest = low;
            int at = 0;
            while (at < steps.count() - 1 && steps.upTo(at) < high) {
                at++;
            }
            first = at;
        }

        private double against(int k, double below) {
            return Logs.betaOver(mixtures[k].a() + below, mixtures[k].b() + size - below, p)
                    - priors[k];
        }

        /// Against a quantile of at most a step, by each of the tests.
        ///
        /// @param upTo so many values lie at or below it
        double[] ifBelow(double upTo) {
            var logs = new double[priors.length];
            for (int k = 0; k < logs.length; k++) {
                logs[k] = upTo >= middle[k] ? least[k] : against(k, upTo);
            }
            return logs;
        }

        /// Against a quantile of at least a step, together with what speaks against it in the other arm: of each test the product of both
        /// e-values, and of these the mean.
        ///
        /// @param before so many values lie below it
        double ifAbove(double before, double[] other) {
            var logs = new double[priors.length];
            for (int k = 0; k < logs.length; k++) {
                logs[k] = other[k] + (before <= middle[k] ? least[k] : against(k, before));
            }
            return logs.length == 1 ? logs[0] : Logs.meanExp(logs);
        }

        /// Where a convex function is least, by golden sections.
        private double middle(int k) {
            double guess = p * (size - 1) + 0.5;
            double low = Math.max(0, guess - 2);
            double high = Math.min(size, guess + 2);
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            double atLeft = against(k, left);
            double atRight = against(k, right);
            while (high - low > NEAR) {
                if (atLeft < atRight) {
                    high = right;
                    right = left;
                    atRight = atLeft;
                    left = high - GOLDEN * (high - low);
                    atLeft = against(k, left);
                } else {
                    low = left;
                    left = right;
                    atLeft = atRight;
                    right = low + GOLDEN * (high - low);
                    atRight = against(k, right);
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
            double[] here = high.ifBelow((double) high.steps.upTo(j));
            if (low.ifAbove(0, here) >= best) {
                return best;
            }
            double x = high.steps.at(j);
            while (at > 0 && !isBelow(low.steps.at(at - 1) * limit, x)) {
                at--;
            }
            long before = low.steps.before(at);
            best = Math.min(best, low.ifAbove((double) before, here));
            if (before <= low.lowest) {
                return best;
            }
        }
        return Math.min(best, low.ifAbove(0, high.ifBelow(0)));
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
        double[] leastBelow = below.ifBelow(below.size);
        if (above.ifAbove(0, below.ifBelow(0)) < limit
                || above.ifAbove(above.size, leastBelow) < limit) {
            return Double.POSITIVE_INFINITY; // too few values to bound the quantile at all
        }
        int top = above.first;
        while (top + 1 < second.count()
                && above.ifAbove((double) second.before(top + 1), leastBelow) < limit) {
            top++;
        }
        double most = 0;
        for (int i = below.first; i >= 0; i--) {
            double[] here = below.ifBelow((double) first.upTo(i));
            if (above.ifAbove(0, here) >= limit) {
                break;
            }
            while (top > above.first && above.ifAbove((double) second.before(top), here) >= limit) {
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
