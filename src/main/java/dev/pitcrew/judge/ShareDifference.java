package dev.pitcrew.judge;

/// By how much one share of failures exceeds another: for absolute margins, where a ratio of two tiny shares says little.
///
/// Each arm is tested against a share of its own, and the pair of shares that the evidence is weakest against counts, as
/// in the quantile test. Valid for every true pair, whatever the shares are.
///
/// @param baselineBad of the baseline, from 0 to `baselineAll`
/// @param baselineAll at least 0
/// @param canaryBad of the canary, from 0 to `canaryAll`
/// @param canaryAll at least 0
public record ShareDifference(
        double baselineBad, double baselineAll, double canaryBad, double canaryAll) {
    private static final double[] GRID = {1.25, 1.5, 2, 3, 5, 10, 20};
    private static final int SCAN = 48;
    private static final int ROUNDS = 40;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double SMALLEST = 1e-12;

    public ShareDifference {
        if (!(baselineBad >= 0
                && canaryBad >= 0
                && baselineAll >= baselineBad
                && canaryAll >= canaryBad)) {
            throw new IllegalArgumentException(
                    "of each arm at most all can be bad, got %s/%s and %s/%s"
                            .formatted(baselineBad, baselineAll, canaryBad, canaryAll));
        }
    }

    /// Whether the canary's share is more than the baseline's and this.
    ///
    /// @param margin from 0 to 1
    /// @return log E for it; 0 when nothing was seen
    public double logEAbove(double margin) {
        return least(
                p -> below(baselineBad, baselineAll, p) + above(canaryBad, canaryAll, p + margin),
                margin);
    }

    /// Whether the canary's share is less than the baseline's and this.
    ///
    /// @param margin from 0 to 1
    /// @return log E for it; 0 when nothing was seen
    public double logEBelow(double margin) {
        return least(
                p -> above(baselineBad, baselineAll, p) + below(canaryBad, canaryAll, p + margin),
                margin);
    }

    private static double above(double bad, double all, double p) {
        return p >= 1 ? (bad == 0 ? 0 : Double.POSITIVE_INFINITY) : more(bad, all - bad, p);
    }

    private static double below(double bad, double all, double p) {
        return p >= 1 ? (all == bad ? 0 : Double.POSITIVE_INFINITY) : more(all - bad, bad, 1 - p);
    }

    /// Whether x of x + y is more than p: nine parts over a grid of odds, one over all of (p, 1).
    private static double more(double x, double y, double p) {
        double odds = p / (1 - p);
        var logs = new double[GRID.length];
        for (int j = 0; j < GRID.length; j++) {
            double against = Math.log1p(odds * (GRID[j] - 1) / (1 + odds));
            logs[j] = x * (Math.log(GRID[j]) - against) - y * against;
        }
        return Logs.add(
                Math.log(0.9) + Logs.meanExp(logs),
                Math.log(0.1) + new BetaMixture(1, 1, p).logEAbove(x, y));
    }

    private interface Function {
        double at(double p);
    }

    /// Over all shares of the baseline: a coarse look on the scale of log odds, then a fine one around the best.
    private double least(Function function, double margin) {
        if (baselineAll == 0 || canaryAll == 0) {
            return 0;
        }
        double from = logit(SMALLEST);
        double to = logit(Math.min(1 - SMALLEST, Math.max(2 * SMALLEST, 1 - margin - SMALLEST)));
        double best = from;
        double value = Double.POSITIVE_INFINITY;
        double step = (to - from) / SCAN;
        for (int i = 0; i <= SCAN; i++) {
            double at = function.at(share(from + i * step));
            if (at < value) {
                value = at;
                best = from + i * step;
            }
        }
        for (double guess :
                new double[] {baselineBad / baselineAll, canaryBad / canaryAll - margin}) {
            double x = logit(Math.clamp(guess, SMALLEST, share(to)));
            double at = function.at(share(x));
            if (at < value) {
                value = at;
                best = x;
            }
        }
        return Math.min(value, golden(function, best - step, best + step));
    }

    private static double golden(Function function, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = function.at(share(left));
        double atRight = function.at(share(right));
        for (int round = 0; round < ROUNDS; round++) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = function.at(share(left));
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = function.at(share(right));
            }
        }
        return Math.min(atLeft, atRight);
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static double share(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
