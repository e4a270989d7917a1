package dev.pitcrew.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/// How many values it takes until harm to a latency is shown, as a simulation says: releases are played from a sample of what the latency
/// is today, and judged at each look by the judge itself.
///
/// @param median values of both arms; half of all such releases take no more
/// @param most so many took the one that took longest
/// @param found the part of them in which it was found at all
public record Detection(long median, long most, double found) {
    private static final Harm NO_HARM = new Harm(0, 1, 0);
    private static final int VALUES_MAX = 40_000; // of the canary
    private static final double LATER = 1.1; // looks far from the start may lie further apart

    /// What is wrong with a release.
    ///
    /// @param part of its requests, above 0 and at most 1
    /// @param times by how many times these take longer
    /// @param least so long they take at least, in the sample's unit; 0 for no such floor
    public record Harm(double part, double times, double least) {}

    /// @param metric which is judged, by its quantiles
    /// @param sample of today's latency; not empty
    /// @param share of the traffic that the canary gets
    /// @param rules with the level that is this metric's own
    /// @param each how many values the canary gets from look to look, at least 1
    /// @param runs how many releases are played
    public static Detection of(
            Metric.Latency metric,
            Values sample,
            double share,
            Harm harm,
            Rules rules,
            int each,
            int runs) {
        var sampled = new Sample(sample);
        long[] all = new long[runs];
        int found = 0;
        for (int run = 0; run < runs; run++) {
            var values = run(metric, sampled, share, harm, rules, each, new Random(run));
            all[run] = values < 0 ? Long.MAX_VALUE : values;
            found += values < 0 ? 0 : 1;
        }
        Arrays.sort(all);
        return new Detection(all[runs / 2], all[runs - 1], (double) found / runs);
    }

    private static long run(
            Metric.Latency metric,
            Sample sample,
            double share,
            Harm harm,
            Rules rules,
            int each,
            Random random) {
        var baseline = new Drawn();
        var canary = new Drawn();
        double next = each;
        while (canary.size < VALUES_MAX) {
            while (canary.size < next) {
                boolean isSlow = random.nextDouble() < harm.part;
                canary.add(sample.draw(random), isSlow ? harm : NO_HARM);
            }
            while (baseline.size < canary.size * (1 - share) / share) {
                baseline.add(sample.draw(random), NO_HARM);
            }
            var trial =
                    Trial.NONE.with(
                            metric.name(),
                            Evidence.Measured.of(baseline.values(), canary.values()));
            var verdict = Judge.judge(List.of(metric), trial, rules, Judge.Stage.UNDERWAY);
            if (verdict.verdict() == Verdict.FAIL) {
                return (long) baseline.size + canary.size;
            }
            next = Math.max(next + each, each * Math.floor(next * LATER / each));
        }
        return -1;
    }

    /// Draws values as often as the sample has them.
    private static final class Sample {
        private final List<Values.Bucket> buckets;
        private final long[] upTo;

        Sample(Values values) {
            buckets = values.buckets();
            upTo = new long[buckets.size()];
            long sum = 0;
            for (int i = 0; i < upTo.length; i++) {
                sum += buckets.get(i).count();
                upTo[i] = sum;
            }
            if (sum == 0) {
                throw new IllegalArgumentException("a sample has at least one value");
            }
        }

        Values.Bucket draw(Random random) {
            long wanted = random.nextLong(upTo[upTo.length - 1]) + 1;
            int at = Arrays.binarySearch(upTo, wanted);
            return buckets.get(at >= 0 ? at : -at - 1);
        }
    }

    /// What was drawn for one arm.
    private static final class Drawn {
        private final TreeMap<Values.Bucket, Integer> counts = new TreeMap<>();
        private int size;

        void add(Values.Bucket one, Harm harm) {
            var value =
                    new Values.Bucket(
                            Math.max(one.low() * harm.times, harm.least),
                            Math.max(one.high() * harm.times, harm.least),
                            1);
            counts.merge(value, 1, Integer::sum);
            size++;
        }

        Values values() {
            var all = new ArrayList<Values.Bucket>(counts.size());
            counts.forEach(
                    (one, count) -> all.add(new Values.Bucket(one.low(), one.high(), count)));
            return new Values(all);
        }
    }
}
