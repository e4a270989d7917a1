package dev.pitcrew.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.judge.Detection.Harm;
import dev.pitcrew.judge.Metric.Latency;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How many values the judge is said to take until it finds harm, against what it takes.
class DetectionTest {
    private static final Latency LATENCY = new Latency("ack", Latency.QUANTILES);
    private static final Harm SLOW = new Harm(0.05, 5, 0);
    private static final int RUNS = 40;

    private static Values sample() {
        var work = new Workload(Workload.changed(0, 1), 1);
        work.until(5_000);
        return work.baseline().coarse();
    }

    private static Detection detection(Harm harm, double alpha) {
        return Detection.of(
                LATENCY, sample(), 0.5, harm, Rules.DEFAULT.withAlpha(alpha), 100, RUNS);
    }

    @Test
    void the_same_question_has_the_same_answer() {
        assertThat(detection(SLOW, 0.01)).isEqualTo(detection(SLOW, 0.01));
    }

    @Test
    void it_is_always_found_and_later_by_a_stricter_level() {
        var strict = detection(SLOW, 0.001);
        var loose = detection(SLOW, 0.05);

        assertThat(strict.found()).isEqualTo(1);
        assertThat(strict.median()).isGreaterThan(loose.median());
        assertThat(strict.most()).isGreaterThanOrEqualTo(strict.median());
        assertThat(loose.median()).isBetween(800L, 4_000L);
    }

    @Test
    void as_many_values_as_are_forecast_show_in_half_of_equal_releases_that_nothing_got_slower() {
        var quantile = Latency.QUANTILES.get(1);
        double needed =
                new Forecast(Rules.DEFAULT, 1).valuesToPass(0.5, quantile, sample()).orElseThrow();
        var test = QuantileTest.oneSided(quantile.p(), 20_000, 0.01);
        long passed = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            var work = new Workload(Workload.changed(0, 1), 90_000 + seed);
            work.until((int) (needed / 2));
            double high = test.ratioHigh(work.baseline(), work.canary(), 0.05);
            passed += high < quantile.margin().limit() ? 1 : 0;
        }

        assertThat(passed).isBetween(8L, 34L);
    }

    @Test
    void releases_that_were_not_in_the_simulation_take_as_many() {
        var predicted = detection(SLOW, 0.01);
        long later = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            var work = new Workload(Workload.changed(0.05, 5), 70_000 + seed);
            work.until((int) predicted.median() / 2);
            var trial =
                    Trial.NONE.with(
                            "ack",
                            Evidence.Measured.of(work.baseline().coarse(), work.canary().coarse()));
            var judged =
                    Judge.judge(
                            List.of(LATENCY),
                            trial,
                            Rules.DEFAULT.withAlpha(0.01),
                            Judge.Stage.UNDERWAY);
            later += judged.verdict() == Verdict.FAIL ? 0 : 1;
        }

        assertThat(later).isBetween(8L, 32L); // half of them, give or take
    }
}
