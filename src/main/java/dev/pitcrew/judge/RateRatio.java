package dev.pitcrew.judge;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;

/// How many times the baseline's rate the canary's is, from [Counts] alone: whatever the rates do over the day, the next
/// event comes from the canary with a probability that depends on its share and on this ratio only.
///
/// Harm is tested with a mixture: nine parts of it over a grid of ratios, which finds large changes soonest, and one part
/// over all ratios above the margin, which finds the small ones in the end. The bound from above is a confidence sequence.
///
/// @see <a href="https://arxiv.org/abs/2011.03567">Lindon and Malek 2022</a>
public final class RateRatio {
    static final double[] GRID = {1.25, 1.5, 2, 3, 5, 10, 20};
    // Of ten parts one each, and two of the ratios that are most often meant when something is
    // worse.
    static final double[] LOG_WEIGHTS =
            DoubleStream.of(1, 2, 2, 2, 1, 1, 1)
                    .map(parts -> Math.log(parts / 10 * GRID.length))
                    .toArray();
    private static final double[] LOG_GRID = Arrays.stream(GRID).map(Math::log).toArray();
    private static final double LOG_GRID_PART = Math.log(0.9);
    private static final double LOG_REST_PART = Math.log(0.1);
    private static final double BELOW_ONE = Math.nextDown(1.0);
    private static final int ROUNDS = 200;
    private static final double PRECISION = 1e-11;
    private static final double LOWEST = -600; // of logarithms of ratios
    private static final int STEPS = 256;
    private static final double NEGLIGIBLE = 40;

    private final double[] canary;
    private final double[] baseline;
    private final double[] odds; // of the canary's share
    private final double priorOdds;

    /// @param counts what was seen
    /// @param priorShare the canary's share that the prior of the confidence sequence is uniform at: that of the only phase,
    ///     or the one in which most is expected; fixed before anything is seen
    public RateRatio(Counts counts, double priorShare) {
        int size = counts.phases().size();
        canary = new double[size];
        baseline = new double[size];
        odds = new double[size];
        priorOdds = priorShare / (1 - priorShare);
        int i = 0;
        for (Map.Entry<Double, Counts.Pair> phase : counts.phases().entrySet()) {
            canary[i] = phase.getValue().canary();
            baseline[i] = phase.getValue().baseline();
            odds[i++] = phase.getKey() / (1 - phase.getKey());
        }
    }

    /// Whether the ratio is above a limit.
    ///
    /// @param limit 1 + the margin; above 0
    /// @return log E; valid for every ratio up to the limit, and the smaller, the larger the limit
    public double logEAbove(double limit) {
        return Logs.add(
                LOG_GRID_PART + onGrid(limit, GRID, LOG_GRID, LOG_WEIGHTS),
                LOG_REST_PART + aboveAll(limit));
    }

    /// The mixture over a grid alone, all of it alike.
    ///
    /// @param limit 1 + the margin
    /// @param grid ratios above the limit, as multiples of it
    double onGrid(double limit, double[] grid) {
        return onGrid(
                limit, grid, Arrays.stream(grid).map(Math::log).toArray(), new double[grid.length]);
    }

    private double onGrid(double limit, double[] grid, double[] logGrid, double[] logWeights) {
        var logs = logWeights.clone();
        for (int j = 0; j < grid.length; j++) {
            for (int i = 0; i < odds.length; i++) {
                // (1 - th0) / (1 - th1), and th1/th0 is the ratio times its inverse
                double against =
                        Math.log1p(odds[i] * limit * (grid[j] - 1) / (1 + odds[i] * limit));
                logs[j] += canary[i] * (logGrid[j] - against) - baseline[i] * against;
            }
        }
        return Logs.meanExp(logs);
    }

    /// The one-sided margin form, phase by phase, each with a uniform prior above the limit.
    private double aboveAll(double limit) {
        double sum = 0;
        for (int i = 0; i < odds.length; i++) {
            double p = odds[i] * limit / (1 + odds[i] * limit);
            sum +=
                    BetaMixture.uniformAbove(
                            canary[i], baseline[i], Math.clamp(p, Double.MIN_NORMAL, BELOW_ONE));
        }
        return sum;
    }

    /// The smallest limit that is not rejected at a level: the ratio is at least so large.
    public double low(double alpha) {
        double wanted = Math.log(1 / alpha);
        double seen = 0;
        for (double one : canary) {
            seen += one;
        }
        if (seen == 0) {
            return 0;
        }
        double from = Math.log(Math.clamp(point(), 1e-6, 1e6)); // there is hardly evidence
        while (logEAbove(Math.exp(from)) >= wanted) {
            from += 1;
        }
        double to = from;
        double step = 0.5;
        do {
            from = to;
            to = Math.max(to - step, LOWEST);
            step *= 2;
        } while (logEAbove(Math.exp(to)) < wanted && to > LOWEST);
        return Math.exp(root(t -> wanted - logEAbove(Math.exp(t)), to, from));
    }

    /// The upper end of the confidence sequence: the ratio is at most so large. Infinite while nothing says so.
    public double high(double alpha) {
        double target = logMarginal() - Math.log(1 / alpha);
        return bound(target, 1);
    }

    /// The lower end of the confidence sequence, which is two-sided and so less sharp than [#low].
    double lowOfSequence(double alpha) {
        double target = logMarginal() - Math.log(1 / alpha);
        return bound(target, -1);
    }

    /// The most likely ratio; infinite when only the canary has events, not a number without any.
    public double point() {
        double all = 0;
        double fromCanary = 0;
        for (int i = 0; i < odds.length; i++) {
            all += canary[i] + baseline[i];
            fromCanary += canary[i];
        }
        if (all == 0) {
            return Double.NaN;
        }
        if (fromCanary == 0) {
            return 0;
        }
        return fromCanary == all ? Double.POSITIVE_INFINITY : Math.exp(mode(false));
    }

    private double bound(double target, int direction) {
        double mode = point();
        if (Double.isNaN(mode)) {
            return direction > 0 ? Double.POSITIVE_INFINITY : 0;
        }
        double inside = mode == 0 ? -700 : Double.isInfinite(mode) ? 700 : Math.log(mode);
        double outside = inside;
        double step = 0.1;
        while (logLikelihood(outside) > target) {
            if (outside * direction > 700) {
                return direction > 0 ? Double.POSITIVE_INFINITY : 0;
            }
            outside += direction * step;
            step *= 2;
        }
        double low = Math.min(inside, outside);
        double high = Math.max(inside, outside);
        return Math.exp(root(t -> direction * (target - logLikelihood(t)), low, high));
    }

    /// Of the log of the ratio.
    private double logLikelihood(double t) {
        double sum = 0;
        for (int i = 0; i < odds.length; i++) {
            double x = Math.log(odds[i]) + t; // log odds that an event is the canary's
            sum -= canary[i] * softplus(-x) + baseline[i] * softplus(x);
        }
        return sum;
    }

    private static double softplus(double x) {
        return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    }

    /// The likelihood, mixed over the prior: in closed form for one phase.
    private double logMarginal() {
        if (odds.length == 1 && odds[0] == priorOdds) {
            return Logs.betaOver(1 + canary[0], 1 + baseline[0], 0.5)
                    + (2 + canary[0] + baseline[0]) * Math.log(0.5);
        }
        double mode = mode(true);
        double most = logPosterior(mode);
        double from = edge(mode, most, -1);
        double to = edge(mode, most, 1);
        double width = (to - from) / STEPS;
        double sum = 0; // the trapezoid rule: as good as any for what falls to nothing at both ends
        for (int i = 0; i <= STEPS; i++) {
            sum += Math.exp(logPosterior(from + i * width) - most);
        }
        return most + Math.log(sum * width);
    }

    private double logPosterior(double t) {
        double x = Math.log(priorOdds) + t;
        return logLikelihood(t) - softplus(x) - softplus(-x);
    }

    private double edge(double mode, double most, int direction) {
        double step = 1e-6;
        while (logPosterior(mode + direction * step) > most - NEGLIGIBLE) {
            step *= 1.25;
        }
        return mode + direction * step;
    }

    /// Where the likelihood is largest, or the posterior.
    private double mode(boolean isPosterior) {
        return root(
                t -> {
                    double slope = isPosterior ? 2 / (1 + priorOdds * Math.exp(t)) - 1 : 0;
                    for (int i = 0; i < odds.length; i++) {
                        double theta = 1 / (1 + Math.exp(-Math.log(odds[i]) - t));
                        slope += canary[i] - (canary[i] + baseline[i]) * theta;
                    }
                    return -slope;
                },
                -700,
                700);
    }

    private interface Function {
        double at(double x);
    }

    /// Where a growing function crosses zero: false position, with halves where it does not get on (Illinois).
    private static double root(Function growing, double from, double to) {
        double low = from;
        double high = to;
        double below = growing.at(low);
        double above = growing.at(high);
        int same = 0; // how often in a row the same end moved: below 0 the low one
        for (int round = 0; round < ROUNDS; round++) {
            if (high - low <= PRECISION * Math.max(1, Math.abs(low))) {
                break;
            }
            double straight = (above * low - below * high) / (above - below);
            boolean isUsable = Math.abs(same) < 4 && straight > low && straight < high;
            double middle = isUsable ? straight : (low + high) / 2;
            double value = growing.at(middle);
            if (value == 0) {
                return middle;
            }
            if (value < 0) {
                low = middle;
                below = value;
                above = same < 0 ? above / 2 : above;
                same = isUsable ? Math.min(same, 0) - 1 : 0;
            } else {
                high = middle;
                above = value;
                below = same > 0 ? below / 2 : below;
                same = isUsable ? Math.max(same, 0) + 1 : 0;
            }
        }
        return (low + high) / 2;
    }
}
