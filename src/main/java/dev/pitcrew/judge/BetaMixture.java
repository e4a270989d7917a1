package dev.pitcrew.judge;

/// A test of how often an event happens, against a fixed probability: the likelihood, mixed over a beta prior, over the
/// likelihood of that probability.
///
/// Every test of this room but the grid of ratios comes down to it.
///
/// @param a the prior's weight for the event, above 0
/// @param b the prior's weight against it, above 0
/// @param p the probability under the null hypothesis, above 0 and below 1
record BetaMixture(double a, double b, double p) {
    BetaMixture {
        if (!(a > 0 && b > 0 && p > 0 && p < 1)) {
            throw new IllegalArgumentException(
                    "a prior above 0 and p inside (0, 1), got " + a + ", " + b + ", " + p);
        }
    }

    /// Two-sided: grows when the event is more or less frequent than p.
    ///
    /// @param x how often it happened
    /// @param y how often it did not
    /// @return log E
    double logE(double x, double y) {
        return log(x, y) - prior();
    }

    /// [#logE] before anything is taken away for the prior.
    double log(double x, double y) {
        return Logs.betaOver(a + x, b + y, p);
    }

    /// One-sided, the prior cut off at p: E stays at most 1 on average for each probability up to p.
    ///
    /// @param x how often it happened
    /// @param y how often it did not
    /// @return log E
    double logEAbove(double x, double y) {
        return logAbove(x, y) - priorAbove();
    }

    /// [#logEAbove] before anything is taken away for the prior.
    double logAbove(double x, double y) {
        return log(x, y) + Logs.betaAbove(a + x, b + y, p);
    }

    /// What [#logEAbove] takes away for the prior.
    double priorAbove() {
        return prior() + Logs.betaAbove(a, b, p);
    }

    /// [#logEAbove] with a uniform prior.
    ///
    /// @param p the largest probability under the null hypothesis, above 0 and below 1
    static double uniformAbove(double x, double y, double p) {
        return Logs.betaOver(1 + x, 1 + y, p) + Math.log(p) + Logs.betaAbove(1 + x, 1 + y, p);
    }

    /// What [#logE] takes away for the prior.
    double prior() {
        return Logs.betaOver(a, b, p);
    }

    /// The prior that makes a mixture best at a variance, for sub-binomial increments g = p and h = 1 - p (Howard and others 2021).
    ///
    /// @param p of the quantile
    /// @param vOpt the variance at which it shall be best
    /// @param alpha the level at which it shall be
    static BetaMixture tuned(double p, double vOpt, double alpha) {
        double product = p * (1 - p);
        double log = 2 * Math.log(1 / alpha);
        double rho = vOpt / (log + Math.log1p(log));
        double r = Math.max(rho - product, 1e-3 * product);
        return new BetaMixture(r / (1 - p), r / p, p);
    }
}
