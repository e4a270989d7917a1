package dev.pitcrew.judge;

import java.util.Arrays;

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
    private static final double[] GRID = RateRatio.GRID;
    private static final double[] LOG_GRID = Arrays.stream(GRID).map(Math::log).toArray();
    private static final double LOG_GRID_PART = Math.log(0.9);
    private static final double LOG_REST_PART = Math.log(0.1);
    private static final double AROUND = 2; // in log odds
    private static final int SCAN = 24;
    private static final int ROUNDS = 25;
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
        return p >= 1 ? 0 : more(bad, all - bad, p);
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
            logs[j] = RateRatio.LOG_WEIGHTS[j] + x * (LOG_GRID[j] - against) - y * against;
        }
        return Logs.add(
                LOG_GRID_PART + Logs.meanExp(logs),
                LOG_REST_PART + BetaMixture.uniformAbove(x, y, p));
    }

    private interface Function {
        double at(double p);
    }

    /// Over all shares of the baseline. It is least around what was seen, of which one arm's evidence falls to the one side and
    /// the other's to the other: first a coarse look there, on the scale of log odds, then a fine one around the best.
    ///
    /// @return the least; or something at most 0, when there is such a share
    private double least(Function function, double margin) {
        if (baselineAll == 0 || canaryAll == 0) {
            return 0;
        }
        double theirs = (baselineBad + 0.5) / (baselineAll + 1);
        double ours = (canaryBad + 0.5) / (canaryAll + 1) - margin;
        double first = logit(Math.clamp(theirs, SMALLEST, 1 - SMALLEST));
        double second = logit(Math.clamp(ours, Math.min(SMALLEST, theirs), 1 - SMALLEST));
        if (ours <= 0) { // then shares far below the baseline's count as well, but none is more
            // likely than its own
            second = Math.min(first, logit(Math.clamp(theirs / 100, SMALLEST, 1 - SMALLEST)));
        }
        double from = Math.min(first, second) - AROUND;
        double to = Math.max(first, second) + AROUND;
        double step = (to - from) / SCAN;
        double best = first;
        double value = function.at(share(first));
        for (int i = 0; i <= SCAN && value > 0; i++) {
            double at = function.at(share(from + i * step));
            if (at < value) {
                value = at;
                best = from + i * step;
            }
        }
        return value <= 0 ? value : Math.min(value, golden(function, best - step, best + step));
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
