package dev.pitcrew.bench;

import dev.pitcrew.judge.Counts;
import dev.pitcrew.judge.Multinomial;
import dev.pitcrew.judge.RateRatio;
import dev.pitcrew.judge.ShareDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/// Runs of the tests that count events.
///
/// @param runs how many of each
record JudgeRates(int runs) {
    private static final double ALPHA = JudgeBench.ALPHA;
    private static final double LIMIT = Math.log(1 / ALPHA);
    private static final int MINUTES = 600;

    /// Rows of the first table.
    List<String> falseAlarms() {
        var rows = new ArrayList<String>();
        rows.add(
                row(
                        "counts, the weight 5 then 25 %",
                        "500, one an event", alarms(seed -> isHarm(seed, 1, 1, 1))));
        rows.add(
                row(
                        "counts, harm of 1.2 with a margin of 20 %",
                        "500", alarms(seed -> isHarm(seed, 1.2, 1.2, 1))));
        rows.add(
                row(
                        "PASS of counts that are 1.2 times as many",
                        "60, to 3,000 events",
                        alarms(this::passes)));
        rows.add(
                row(
                        "difference of shares, at 0.1 pp with a margin of 0.1 pp",
                        "40",
                        alarms(seed -> differs(seed, true))));
        rows.add(row("PASS of such a difference", "40", alarms(seed -> differs(seed, false))));
        rows.add(row("traffic split of 5 %", "2,000, one a request", alarms(this::isSplitWrong)));
        return rows;
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private String alarms(LongPredicate run) {
        return JudgeBench.part((int) LongStream.range(0, runs).filter(run).count(), runs);
    }

    private static Random random(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L + 17);
    }

    /// 500 events, at first with a weight of 5 %, then of 25 %, in bursts.
    private static boolean isHarm(long seed, double ratio, double margin, int burst) {
        var random = random(seed);
        double[] seen = new double[4];
        for (int i = 0; i < 500; i += burst) {
            int phase = i < 200 ? 0 : 2;
            double share = phase == 0 ? .05 : .25;
            boolean isCanary = random.nextDouble() < share * ratio / (share * ratio + 1 - share);
            int size = burst == 1 ? 1 : 1 + random.nextInt(2 * burst - 1);
            seen[phase + (isCanary ? 0 : 1)] += size;
            var counts = Counts.of(.05, seen[0], seen[1]).and(.25, seen[2], seen[3]);
            if (new RateRatio(counts, .25).logEAbove(margin) >= LIMIT) {
                return true;
            }
        }
        return false;
    }

    private boolean passes(long seed) {
        var random = random(seed);
        double canary = 0;
        for (int i = 1; i <= 3_000; i++) {
            canary += random.nextDouble() < 1.2 / 2.2 ? 1 : 0;
            if (i % 50 == 0
                    && new RateRatio(Counts.of(.5, canary, i - canary), .5).high(ALPHA) < 1.2) {
                return true;
            }
        }
        return false;
    }

    /// Shares of 0.2 and 0.3 %, looked at every 500 requests of each.
    private static boolean differs(long seed, boolean isHarm) {
        var random = random(seed);
        int theirs = 0;
        int ours = 0;
        for (int i = 1; i <= 20_000; i++) {
            theirs += random.nextDouble() < .002 ? 1 : 0;
            ours += random.nextDouble() < .003 ? 1 : 0;
            if (i % 500 == 0) {
                var difference = new ShareDifference(theirs, i, ours, i);
                double logE = isHarm ? difference.logEAbove(.001) : difference.logEBelow(.001);
                if (logE >= LIMIT) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isSplitWrong(long seed) {
        var random = random(seed);
        var split = Multinomial.split(.05);
        double canary = 0;
        for (int i = 1; i <= 2_000; i++) {
            canary += random.nextDouble() < .05 ? 1 : 0;
            if (split.logE(i - canary, canary) >= LIMIT) {
                return true;
            }
        }
        return false;
    }

    /// Rows of the table of errors: a canary with so many times the baseline's one error a minute.
    List<String> detection() {
        var rows = new ArrayList<String>();
        for (double ratio : new double[] {2, 3, 5}) {
            int[] minutes =
                    LongStream.range(0, runs)
                            .mapToInt(seed -> minutes(seed, ratio))
                            .sorted()
                            .toArray();
            int median = minutes[minutes.length / 2];
            long fixed =
                    LongStream.range(0, runs)
                            .filter(seed -> isFoundAt(seed, ratio, median))
                            .count();
            rows.add(
                    row(
                            "x" + (int) ratio,
                            String.valueOf(median),
                            JudgeBench.part((int) fixed, runs)));
        }
        return rows;
    }

    private static int minutes(long seed, double ratio) {
        var random = random(seed);
        double canary = 0;
        double baseline = 0;
        for (int minute = 1; minute <= MINUTES; minute++) {
            canary += poisson(random, ratio);
            baseline += poisson(random, 1);
            if (new RateRatio(Counts.of(.5, canary, baseline), .5).logEAbove(1) >= LIMIT) {
                return minute;
            }
        }
        return MINUTES;
    }

    /// One exact one-sided binomial test after so many minutes.
    private static boolean isFoundAt(long seed, double ratio, int minutes) {
        var random = random(seed);
        int canary = 0;
        int all = 0;
        for (int minute = 0; minute < minutes; minute++) {
            int ours = poisson(random, ratio);
            canary += ours;
            all += ours + poisson(random, 1);
        }
        double[] row = new double[all + 1];
        row[0] = 1;
        for (int i = 0; i < all; i++) { // Pascal's triangle in halves
            double[] next = new double[all + 1];
            for (int k = 0; k <= i; k++) {
                next[k] += row[k] / 2;
                next[k + 1] += row[k] / 2;
            }
            row = next;
        }
        return Arrays.stream(row, canary, all + 1).sum() < ALPHA;
    }

    private static int poisson(Random random, double mean) {
        double product = random.nextDouble();
        int events = 0;
        while (product > Math.exp(-mean)) {
            product *= random.nextDouble();
            events++;
        }
        return events;
    }

    /// Rows of the table of what holds.
    List<String> stress() {
        var rows = new ArrayList<String>();
        rows.add(
                held(
                        "errors in bursts of 4 on average, each counted",
                        seed -> isHarm(seed, 1, 1, 4)));
        rows.add(held("the same, a burst counted once", seed -> isHarm(seed, 1, 1, 1)));
        rows.add(
                held(
                        "errors whose rate changes tenfold over the day, 5/95 split",
                        JudgeRates::isHarmOverTheDay));
        return rows;
    }

    private String held(String name, LongPredicate run) {
        int alarms = (int) LongStream.range(0, runs).filter(run).count();
        return row(
                name,
                JudgeBench.part(alarms, runs),
                alarms > 2 * ALPHA * runs ? "does not hold" : "holds");
    }

    private static boolean isHarmOverTheDay(long seed) {
        var random = random(seed);
        double canary = 0;
        double baseline = 0;
        for (int minute = 0; minute < 390; minute++) {
            double rate =
                    1
                            + 9
                                    * Math.pow(
                                            Math.cos(Math.PI * minute / 390),
                                            2); // busy at the open and at the close
            canary += poisson(random, .05 * rate);
            baseline += poisson(random, .95 * rate);
            if (new RateRatio(Counts.of(.05, canary, baseline), .05).logEAbove(1) >= LIMIT) {
                return true;
            }
        }
        return false;
    }
}
