package dev.pitcrew.judge;

import java.util.function.DoubleFunction;

/// Whether a quantile of the canary's values is larger than the baseline's, and by how many times: the two-sample
/// quantile test, which assumes nothing about the distributions.
///
/// Of each arm it asks how far a value x is from being the arm's quantile; the x that suits both best counts. Values are
/// only compared with each other, so that their unit makes no difference, and ties and buckets are allowed.
///
/// As published it is two-sided. A release is asked about in one direction at a time, so what it is judged by bets in that
/// direction alone: on the baseline having too many values below x, and on the canary having too few. That finds the same harm
/// with fewer values, at the same level.
///
/// @see <a href="https://doi.org/10.3150/21-BEJ1388">Howard and Ramdas 2022, Theorem 5</a>
public final class QuantileTest {
    private static final double SHARPEST_AT = 0.05; // of what is expected: most harm shows early

    private final DoubleFunction<QuantileMixture> ofSize;

    private QuantileTest(DoubleFunction<QuantileMixture> ofSize) {
        this.ofSize = ofSize;
    }

    /// As published.
    ///
    /// @param p which quantile, above 0 and below 1
    /// @param tOpt at how many values an arm it shall be sharpest, above 0; fixed before any is seen
    /// @param alphaOpt at which level it shall be
    public static QuantileTest twoSided(double p, double tOpt, double alphaOpt) {
        var mixture = tuned(p, tOpt, alphaOpt);
        return new QuantileTest(size -> QuantileMixture.TwoSided.of(mixture, size));
    }

    /// What a release is judged by.
    ///
    /// @param p which quantile, above 0 and below 1
    /// @param expected values of the canary in the end, at least 1; fixed before any is seen
    /// @param alphaOpt at which level it shall be sharpest
    public static QuantileTest oneSided(double p, double expected, double alphaOpt) {
        // Cut in half, a prior is as sharp at twice the level.
        var mixture = tuned(p, Math.max(1, SHARPEST_AT * expected), Math.min(0.99, 2 * alphaOpt));
        return new QuantileTest(size -> QuantileMixture.OneSided.of(mixture, size));
    }

    private static BetaMixture tuned(double p, double tOpt, double alphaOpt) {
        if (!(tOpt > 0 && alphaOpt > 0 && alphaOpt < 1)) {
            throw new IllegalArgumentException(
                    "tOpt above 0 and a level inside (0, 1), got " + tOpt + " and " + alphaOpt);
        }
        return BetaMixture.tuned(p, tOpt * p * (1 - p), alphaOpt);
    }

    QuantileArm arm(Steps steps) {
        return new QuantileArm(steps, ofSize.apply((double) steps.size()));
    }

    /// Whether the two arms' quantiles differ, by the two-sided test.
    ///
    /// @return log E
    public double logE(Values baseline, Values canary) {
        return Math.max(logEAbove(baseline, canary, 1), logEAbove(canary, baseline, 1));
    }

    /// Whether the canary's quantile is more than so many times the baseline's.
    ///
    /// @param limit 1 + the margin, above 0
    /// @return log E in that direction
    public double logEAbove(Values baseline, Values canary, double limit) {
        return new QuantileComparison(this, baseline, canary).logEAbove(limit);
    }

    /// The largest ratio r for which nothing at this level speaks against canary / r and the baseline having the same quantile.
    ///
    /// @param alpha the level
    /// @return at least 0; infinite while nothing says so
    public double ratioHigh(Values baseline, Values canary, double alpha) {
        return new QuantileComparison(this, baseline, canary).ratioHigh(alpha);
    }

    /// The smallest such ratio.
    ///
    /// @param alpha the level
    /// @return at least 0
    public double ratioLow(Values baseline, Values canary, double alpha) {
        return new QuantileComparison(this, baseline, canary).ratioLow(alpha);
    }
}
