package dev.pitcrew.bench;

import dev.pitcrew.judge.Detection;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.QuantileTest;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.SignCount;
import dev.pitcrew.judge.Values;
import dev.pitcrew.judge.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// How often the judge is wrong when it is looked at all the time, how soon it is right, and how long a look takes. Prints the tables of
/// docs/benchmarks.md; the same runs give the same tables, since every run has its seed.
public final class JudgeBench {
    static final double ALPHA = 0.05;
    private static final double STEP = 0.0025;
    private static final double[] QUANTILES = {.5, .9, .99};
    private static final int[] LOOKS = Workload.looks();
    private static final int THIN = 20;
    private static final int METHODS = 7;
    private static final double EXPECTED = 20_000; // values an arm
    private static final double PUBLISHED_T_OPT = EXPECTED / 4;

    private JudgeBench() {}

    public static void main(String[] args) {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        if (runs < 10 || runs > 100_000) {
            throw new IllegalArgumentException("runs are from 10 to 100000, got " + runs);
        }
        var rates = new JudgeRates(runs);
        say("### False alarms\n");
        say(
                "%d runs each, level %s %%, equal arms, or harm exactly at the margin.\n",
                runs, ALPHA * 100);
        say("| test | looks | false alarms |");
        say("|---|---|---|");
        rates.falseAlarms().forEach(JudgeBench::say);
        var equal = all(Workload.changed(0, 1), runs, 0);
        say(
                "| quantiles .5, .9, .99, as the judge asks | 45, to 20,000 an arm | %s |",
                equal.alarms(0));
        say("| the same two-sided, as published, t_opt 5,000 | 45 | %s |", equal.alarms(6));
        say("| sign | 45 | %s |", equal.alarms(1));
        say("| both, the level shared | 45 | %s |", equal.alarms(2));
        say("| Mann-Whitney, once at 20,000 | 1 | %s |", equal.atEnd(3));
        say("| Mann-Whitney, peeked at | 45 | %s |", equal.alarms(3));
        say("| Kolmogorov-Smirnov, once at 20,000 | 1 | %s |", equal.atEnd(4));
        say("| Kolmogorov-Smirnov, peeked at | 45 | %s |", equal.alarms(4));
        say("| threshold p99 +15 %%, once at 20,000 | 1 | %s |", equal.atEnd(5));
        say("| threshold p99 +15 %%, peeked at | 45 | %s |\n", equal.alarms(5));
        say("### Values an arm until a change is found\n");
        int few = Math.max(20, runs / 10);
        say(
                "%d runs each, level %s %%, no margin; median, and the part found by 20,000. For the fixed tests the smallest look",
                few, ALPHA * 100);
        say("at which 80 %% are found, when one looks there only.\n");
        say(
                "| change | quantiles | the reference's | quantiles two-sided, t_opt 5,000 | sign | both, the level shared | Mann-Whitney, 80 %% | Kolmogorov-Smirnov, 80 %% | threshold p99 +15 %% |");
        say("|---|---|---|---|---|---|---|---|---|");
        change("all +10 %", Workload.changed(1, 1.1), few, 1313);
        change("all +30 %", Workload.changed(1, 1.3), few, 195);
        change("5 % of requests x5", Workload.changed(.05, 5), few, 762);
        change("1 % of requests x20", Workload.changed(.01, 20), few, 3903);
        slow(few);
        say("\n### Errors until a change is found\n");
        say(
                "One error a minute an arm, a look a minute, level %s %%, no margin, %d runs.\n",
                ALPHA * 100, runs);
        say("| change | median minutes | found by then with one fixed look |");
        say("|---|---|---|");
        rates.detection().forEach(JudgeBench::say);
        say("\n### What holds when the data are not as assumed\n");
        say("Equal arms, false alarms at any look, level %s %%.\n", ALPHA * 100);
        say("| data | false alarms | |");
        say("|---|---|---|");
        rates.stress().forEach(JudgeBench::say);
        int some = Math.max(20, runs / 4);
        stress("latency with autocorrelation .95, as it comes", correlated(1), some);
        stress("the same, one in " + THIN, correlated(THIN), some);
        stress(
                "drift during the day: slower by half and back, both arms",
                (i, _, random) -> value(random) * (1 + .5 * Math.sin(i / 3_000.0)),
                some);
        stress(
                "an opening spike: the first 1,000 ten times slower, both arms",
                (i, _, random) -> value(random) * (i < 1_000 ? 10 : 1),
                some);
        int split = 0;
        for (int run = 0; run < some; run++) {
            split += isFound(Workload.changed(0, 1), run, 19) ? 1 : 0;
        }
        row("latency with a 5/95 split", split, some);
        say("\n### A look\n");
        say(
                "Median of many looks at two histograms of 2,000 buckets and 20 metrics of shares, each with both margins: %s us (goal: under 1000).",
                String.format(Locale.ROOT, "%.0f", JudgeSpeed.medianMicros()));
    }

    /// What the demo's slow canary takes, of both versions together, by the simulation that the demo and `judge plan` ask as well.
    private static void slow(int runs) {
        var work = new Workload(Workload.changed(0, 1), 1);
        work.until((int) EXPECTED);
        var sample = work.baseline().coarse();
        var latency = new Latency("latency", Latency.QUANTILES);
        say("\n### A canary with one request in twenty five times slower\n");
        say(
                "%d runs each, with the default margins; the level is that of two metrics, one of them this latency; a look whenever the canary has 50 values more.\n",
                runs);
        say("| level | share | half of them take, of both versions | the slowest | found |");
        say("|---|---|---|---|---|");
        for (double alpha : new double[] {.01, ALPHA}) {
            for (double share : new double[] {.5, .25}) {
                var found =
                        Detection.of(
                                latency,
                                sample,
                                share,
                                new Detection.Harm(.05, 5, 0),
                                Rules.DEFAULT.withAlpha(alpha / 2),
                                50,
                                runs);
                say(
                        "| %s | %s | %d | %d | %s |",
                        part((int) (alpha * 1000), 1000),
                        part((int) (share * 1000), 1000),
                        found.median(),
                        found.most(),
                        part((int) Math.round(found.found() * runs), runs));
            }
        }
    }

    private static double value(Random random) {
        return Math.exp(.5 * random.nextGaussian());
    }

    /// The logarithm follows the value before it; of so many values one is taken.
    private static Correlated correlated(int thin) {
        return new Correlated(thin);
    }

    /// Keeps the last value of each arm, so it serves one run.
    private record Correlated(int thin) {
        Workload.Source source() {
            double[] last = new double[2];
            return (_, isCanary, random) -> {
                int arm = isCanary ? 1 : 0;
                for (int k = 0; k < thin; k++) {
                    last[arm] = .95 * last[arm] + Math.sqrt(1 - .95 * .95) * random.nextGaussian();
                }
                return Math.exp(.5 * last[arm]);
            };
        }
    }

    private static void stress(String name, Correlated data, int runs) {
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            alarms += isFound(data.source(), run) ? 1 : 0;
        }
        row(name, alarms, runs);
    }

    private static void stress(String name, Workload.Source source, int runs) {
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            alarms += isFound(source, run) ? 1 : 0;
        }
        row(name, alarms, runs);
    }

    private static void row(String name, int alarms, int runs) {
        say(
                "| %s | %s | %s |",
                name, part(alarms, runs), alarms > 2 * ALPHA * runs ? "does not hold" : "holds");
    }

    private static boolean isFound(Workload.Source source, long seed) {
        return isFound(source, seed, 1);
    }

    private static boolean isFound(Workload.Source source, long seed, int every) {
        return one(source, 50_000 + seed, false, every).first[2] < LOOKS.length;
    }

    static String part(int some, int all) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * some / all);
    }

    private static void change(String name, Workload.Source source, int runs, int reference) {
        var found = all(source, runs, 10_000);
        say(
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                name,
                found.median(0),
                reference,
                found.median(6),
                found.median(1),
                found.median(2),
                found.fixed(3),
                found.fixed(4),
                found.median(5));
    }

    /// Of each method the first look that found something, and what each look by itself said.
    private static final class Run {
        private final int[] first = new int[METHODS];
        private final boolean[][] at = new boolean[METHODS][LOOKS.length];

        Run() {
            Arrays.fill(first, LOOKS.length);
        }
    }

    private record Runs(List<Run> runs) {
        String alarms(int method) {
            return part(
                    (int) runs.stream().filter(one -> one.first[method] < LOOKS.length).count(),
                    runs.size());
        }

        String atEnd(int method) {
            return part(
                    (int) runs.stream().filter(one -> one.at[method][LOOKS.length - 1]).count(),
                    runs.size());
        }

        String median(int method) {
            int[] firsts = runs.stream().mapToInt(one -> one.first[method]).sorted().toArray();
            int middle = firsts[firsts.length / 2];
            return (middle < LOOKS.length ? String.valueOf(LOOKS[middle]) : "over 20000")
                    + " ("
                    + alarms(method)
                    + ")";
        }

        String fixed(int method) {
            for (int look = 0; look < LOOKS.length; look++) {
                int at = look;
                if (runs.stream().filter(one -> one.at[method][at]).count() >= .8 * runs.size()) {
                    return String.valueOf(LOOKS[look]);
                }
            }
            return "over 20000 (" + atEnd(method) + ")";
        }
    }

    private static Runs all(Workload.Source source, int runs, long firstSeed) {
        var all = new ArrayList<Run>();
        for (int run = 0; run < runs; run++) {
            all.add(one(source, firstSeed + run, true, 1));
        }
        return new Runs(all);
    }

    private static Run one(Workload.Source source, long seed, boolean hasFixed, int every) {
        var work = new Workload(source, seed, every);
        var run = new Run();
        int[] first = run.first;
        boolean[][] at = run.at;
        for (int look = 0; look < LOOKS.length; look++) {
            work.until(LOOKS[look]);
            double quantiles =
                    quantiles(
                            work,
                            (p, baseline, canary) ->
                                    QuantileTest.oneSided(p, EXPECTED, ALPHA / 3)
                                            .logEAbove(baseline, canary, 1));
            double sign = new SignCount(work.signs().halfWins(), work.signs().pairs()).logE();
            at[0][look] = quantiles >= Math.log(3 / ALPHA);
            at[1][look] = sign >= Math.log(1 / ALPHA);
            at[2][look] = Math.max(quantiles, sign) >= Math.log(4 / ALPHA);
            if (hasFixed) {
                at[3][look] =
                        FixedTests.mannWhitney(work.baselineCounts(), work.canaryCounts()) < ALPHA;
                at[4][look] =
                        FixedTests.kolmogorovSmirnov(work.baselineCounts(), work.canaryCounts())
                                < ALPHA;
                at[5][look] =
                        FixedTests.isOverThreshold(
                                work.baselineCounts(), work.canaryCounts(), STEP);
                at[6][look] =
                        quantiles(
                                        work,
                                        (p, baseline, canary) ->
                                                QuantileTest.twoSided(p, PUBLISHED_T_OPT, ALPHA / 3)
                                                        .logE(baseline, canary))
                                >= Math.log(3 / ALPHA);
            } else if (at[2][look]) {
                first[2] = look;
                return run;
            }
            for (int method = 0; method < at.length; method++) {
                if (at[method][look]) {
                    first[method] = Math.min(first[method], look);
                }
            }
        }
        return run;
    }

    private interface Asked {
        double logE(double p, Values baseline, Values canary);
    }

    /// The most that speaks for any quantile.
    private static double quantiles(Workload work, Asked asked) {
        var baseline = work.baseline();
        var canary = work.canary();
        double most = Double.NEGATIVE_INFINITY;
        for (double p : QUANTILES) {
            most = Math.max(most, asked.logE(p, baseline, canary));
        }
        return most;
    }

    private static void say(String text, Object... values) {
        System.out.println(
                values.length == 0 && !text.contains("%%") ? text : text.formatted(values));
    }
}
