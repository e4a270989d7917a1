package dev.pitcrew.bench;

/// What one would use who looks once: the tests of Mann and Whitney and of Kolmogorov and Smirnov at a fixed size, and a
/// threshold on the sample p99. Over histograms with the same cells, ties accounted for.
final class FixedTests {
    private FixedTests() {}

    /// Two-sided p-value of Mann and Whitney's test, by the normal approximation with its correction for ties.
    static double mannWhitney(long[] baseline, long[] canary) {
        double n = sum(baseline);
        double m = sum(canary);
        double below = 0;
        double wins = 0;
        double ties = 0;
        for (int i = 0; i < baseline.length; i++) {
            double both = (double) baseline[i] + canary[i];
            wins += canary[i] * (below + baseline[i] / 2.0);
            below += baseline[i];
            ties += both * both * both - both;
        }
        double all = n + m;
        double variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
        return 2 * normalAbove(Math.abs(wins - n * m / 2) / Math.sqrt(variance));
    }

    /// Two-sided p-value of Kolmogorov and Smirnov's test, by its limit.
    static double kolmogorovSmirnov(long[] baseline, long[] canary) {
        double n = sum(baseline);
        double m = sum(canary);
        double theirs = 0;
        double ours = 0;
        double most = 0;
        for (int i = 0; i < baseline.length; i++) {
            theirs += baseline[i];
            ours += canary[i];
            most = Math.max(most, Math.abs(theirs / n - ours / m));
        }
        double root = Math.sqrt(n * m / (n + m));
        double x = (root + 0.12 + 0.11 / root) * most;
        double p = 0;
        for (int k = 1; k < 100; k++) {
            p += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * x * x);
        }
        return x < 0.3 ? 1 : Math.clamp(p, 0, 1);
    }

    /// Whether the canary's sample p99 is more than 15 % above the baseline's.
    static boolean isOverThreshold(long[] baseline, long[] canary, double step) {
        return (p99(canary) - p99(baseline)) * step > Math.log(1.15);
    }

    private static int p99(long[] counts) {
        double wanted = 0.99 * sum(counts);
        double seen = 0;
        int i = 0;
        while ((seen += counts[i]) < wanted) {
            i++;
        }
        return i;
    }

    private static double sum(long[] counts) {
        double sum = 0;
        for (long one : counts) {
            sum += one;
        }
        return sum;
    }

    /// Abramowitz and Stegun 26.2.17; right to 1e-7, which is enough for levels of percents.
    private static double normalAbove(double x) {
        double t = 1 / (1 + 0.2316419 * x);
        double sum =
                t
                        * (0.319381530
                                + t
                                        * (-0.356563782
                                                + t
                                                        * (1.781477937
                                                                + t
                                                                        * (-1.821255978
                                                                                + t
                                                                                        * 1.330274429))));
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * sum;
    }
}
