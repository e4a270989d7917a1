package dev.pitcrew.bench;

import dev.pitcrew.judge.Evidence.Counted;
import dev.pitcrew.judge.Evidence.Measured;
import dev.pitcrew.judge.Judge;
import dev.pitcrew.judge.Judgement;
import dev.pitcrew.judge.Margin;
import dev.pitcrew.judge.Metric;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Metric.Share;
import dev.pitcrew.judge.Metric.Worse;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.Trial;
import dev.pitcrew.judge.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// How long a look takes: what it brought is added, and all of it is judged.
final class JudgeSpeed {
    private static final int BUCKETS = 2_000;
    private static final int METRICS = 20;
    private static final int LOOKS = 4_000;

    private JudgeSpeed() {}

    static double medianMicros() {
        var random = new Random(1);
        var metrics = new ArrayList<Metric>();
        metrics.add(new Latency("latency", Latency.QUANTILES));
        for (int i = 0; i < METRICS; i++) {
            metrics.add(new Share("share " + i, Worse.MORE, Margin.OF_SHARES));
        }
        var trial = look(Trial.NONE, histogram(random), histogram(random), random);
        var theirs = histogram(random);
        var ours = histogram(random);
        var nanos = new ArrayList<Long>();
        long used = 0;
        for (int i = 0; i < LOOKS; i++) {
            long start = System.nanoTime();
            Judgement judgement =
                    Judge.judge(
                            metrics,
                            look(trial, theirs, ours, random),
                            Rules.DEFAULT,
                            Judge.Stage.UNDERWAY);
            nanos.add(System.nanoTime() - start);
            used += judgement.metrics().size();
        }
        if (used != (long) LOOKS * (METRICS + Latency.QUANTILES.size())) {
            throw new IllegalStateException("every metric has its verdict");
        }
        return nanos.subList(LOOKS / 2, LOOKS).stream().sorted().toList().get(LOOKS / 4) / 1e3;
    }

    private static Trial look(Trial trial, Values theirs, Values ours, Random random) {
        var after = trial.with("latency", Measured.of(theirs, ours));
        for (int i = 0; i < METRICS; i++) {
            after =
                    after.with(
                            "share " + i,
                            Counted.of(
                                    10 + random.nextInt(20),
                                    5_000,
                                    10 + random.nextInt(20),
                                    5_000));
        }
        return after;
    }

    private static Values histogram(Random random) {
        List<Values.Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            double low = Math.exp(i * 0.005);
            buckets.add(new Values.Bucket(low, low * 1.001, 1 + random.nextInt(20)));
        }
        return new Values(buckets);
    }
}
