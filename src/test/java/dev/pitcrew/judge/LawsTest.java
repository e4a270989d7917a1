package dev.pitcrew.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitcrew.judge.Evidence.Counted;
import dev.pitcrew.judge.Evidence.Measured;
import dev.pitcrew.judge.Judge.Stage;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Metric.Share;
import dev.pitcrew.judge.Metric.Worse;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every trial, whatever was seen.
class LawsTest {
    private static final Latency LATENCY = new Latency("latency", Latency.QUANTILES);
    private static final Share ERRORS = new Share("errors", Worse.MORE, Margin.OF_SHARES);
    private static final Rules RULES = Rules.DEFAULT.expecting(2_000);
    private static final int SEEDS = 60;

    @Test
    void the_order_within_a_look_makes_no_difference() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            double[] theirs = latencies(random, 200, 1);
            double[] ours = latencies(random, 150, 1.3);
            var first = look(theirs, ours);

            shuffle(theirs, random);
            shuffle(ours, random);

            assertThat(look(theirs, ours)).isEqualTo(first);
        }
    }

    private static Measured look(double[] theirs, double[] ours) {
        var baseline = Values.of(theirs);
        var canary = Values.of(ours);
        return new Measured(baseline, canary, SignCount.NONE.and(baseline, canary, 1.05, 7), 0, 0);
    }

    @Test
    void a_trial_in_parts_is_the_trial_in_one_and_a_restart_in_between_makes_no_difference() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var whole = Trial.NONE;
            var parts = Trial.NONE;
            for (int look = 0; look < 4; look++) {
                Evidence values = look(latencies(random, 80, 1), latencies(random, 80, 1.4));
                Evidence counts = counts(random);
                whole = whole.with("latency", values).with("errors", counts);
                parts =
                        TrialText.read(
                                TrialText.write(
                                        parts.with("errors", counts).with("latency", values)));
            }

            assertThat(parts).isEqualTo(whole);
            assertThat(judged(parts)).isEqualTo(judged(whole));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-6, 1e3})
    void the_unit_makes_no_difference(double unit) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            double[] theirs = latencies(random, 300, 1);
            double[] ours = latencies(random, 300, 1 + 0.02 * seed);

            var one = judged(Trial.NONE.with("latency", look(theirs, ours)), LATENCY);
            var other =
                    judged(
                            Trial.NONE.with(
                                    "latency", look(times(theirs, unit), times(ours, unit))),
                            LATENCY);

            assertThat(other.verdict()).isEqualTo(one.verdict());
            for (int i = 0; i < one.metrics().size(); i++) {
                var before = one.metrics().get(i);
                var after = other.metrics().get(i);
                assertThat(after.verdict()).isEqualTo(before.verdict());
                assertThat(after.logE()).isCloseTo(before.logE(), within(1e-9));
                assertThat(after.ratioLow()).isCloseTo(before.ratioLow(), within(1e-9));
            }
        }
    }

    @Test
    void a_larger_margin_never_makes_harm_more_likely() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var counts =
                    Counts.of(.05, random.nextInt(20), random.nextInt(200))
                            .and(.25, random.nextInt(100), random.nextInt(200));
            var baseline = Values.of(latencies(random, 400, 1));
            var canary = Values.of(latencies(random, 300, 1.5));
            var test =
                    seed % 2 == 0
                            ? QuantileTest.twoSided(.9, 100, .05)
                            : QuantileTest.oneSided(.9, 2_000, .05);
            double before = Double.POSITIVE_INFINITY;
            double slower = Double.POSITIVE_INFINITY;
            for (double limit = 0.5; limit < 3; limit += 0.1) {
                double now = new RateRatio(counts, .25).logEAbove(limit);
                double quantile = test.logEAbove(baseline, canary, limit);

                assertThat(now).isLessThanOrEqualTo(before + 1e-9);
                assertThat(quantile).isLessThanOrEqualTo(slower + 1e-9);
                before = now;
                slower = quantile;
            }
        }
    }

    @Test
    void a_bound_is_where_the_evidence_reaches_its_limit() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var ratio =
                    new RateRatio(
                            Counts.of(.05, 1 + random.nextInt(20), random.nextInt(200))
                                    .and(.5, random.nextInt(100), random.nextInt(100)),
                            .5);
            var baseline = Values.of(latencies(random, 500, 1));
            var canary = Values.of(latencies(random, 400, 1.2));
            var test =
                    seed % 2 == 0
                            ? QuantileTest.twoSided(.5, 100, .05)
                            : QuantileTest.oneSided(.5, 2_000, .05);
            double low = test.ratioLow(baseline, canary, .01);

            assertThat(ratio.logEAbove(ratio.low(.01))).isCloseTo(Math.log(100), within(1e-6));
            assertThat(ratio.high(.05)).isGreaterThan(ratio.point());
            assertThat(test.logEAbove(baseline, canary, low * (1 - 1e-9)))
                    .isGreaterThanOrEqualTo(Math.log(100));
            assertThat(test.logEAbove(baseline, canary, low * (1 + 1e-9)))
                    .isLessThan(Math.log(100));
        }
    }

    @Test
    void a_quantile_test_finds_the_value_that_suits_both_arms_best_wherever_it_is() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            double[] theirs = rounded(latencies(random, 30 + random.nextInt(400), 1));
            double[] ours =
                    rounded(latencies(random, 30 + random.nextInt(400), 0.8 + random.nextDouble()));
            double p = List.of(.5, .9, .99).get(random.nextInt(3));
            double limit = 1 + random.nextInt(3) * 0.1;
            var test = QuantileTest.oneSided(p, 2_000, .01);
            double least = Double.POSITIVE_INFINITY;
            for (double x :
                    DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(ours)).toArray()) {
                double below =
                        (double)
                                Arrays.stream(theirs)
                                        .filter(one -> one * limit < x * (1 - 1e-9))
                                        .count();
                double upTo = (double) Arrays.stream(ours).filter(one -> one <= x).count();
                least =
                        Math.min(
                                least,
                                some(p, ours.length - upTo, upTo, 1 - p)
                                        + some(p, below, theirs.length - below, p));
            }

            assertThat(test.logEAbove(Values.of(theirs), Values.of(ours), limit))
                    .isCloseTo(least, within(1e-9));
        }
    }

    /// What the one-sided test says of one arm, nine parts of it bet: more than a part p of all.
    private static double some(double quantile, double more, double fewer, double p) {
        var tuned = BetaMixture.tuned(quantile, 100 * quantile * (1 - quantile), .02);
        var mixture = p == quantile ? tuned : new BetaMixture(tuned.b(), tuned.a(), p);
        return Math.log(0.9 * Math.exp(mixture.logEAbove(more, fewer)) + 0.1);
    }

    private static double[] rounded(double[] values) {
        return Arrays.stream(values).map(one -> Math.round(one * 50) / 50.0).toArray();
    }

    @Test
    void a_ratio_is_bounded_where_a_test_of_each_ratio_says_so() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var theirs = Values.of(rounded(latencies(random, 300 + random.nextInt(400), 1)));
            var ours = Values.of(rounded(latencies(random, 300, 1 + random.nextDouble() / 5)));
            var test = QuantileTest.oneSided(List.of(.5, .9).get(random.nextInt(2)), 2_000, .05);
            double high = test.ratioHigh(theirs, ours, .05);

            // That the baseline's is longer than the canary's by as much is what then just fails.
            assertThat(test.logEAbove(ours, theirs, (1 / high) * (1 + 1e-9)))
                    .isLessThan(Math.log(20));
            assertThat(test.logEAbove(ours, theirs, (1 / high) * (1 - 1e-9)))
                    .isGreaterThanOrEqualTo(Math.log(20));
        }
    }

    @Test
    void one_phase_in_closed_form_is_one_phase_by_quadrature() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            double canary = random.nextInt(300);
            double baseline = random.nextInt(300);
            // A second phase without events changes nothing but the way that it is computed.
            var closed = new RateRatio(Counts.of(.3, canary, baseline), .3);
            var numeric = new RateRatio(Counts.of(.3, canary, baseline).and(.4, 0, 0), .3);

            assertThat(numeric.high(.05))
                    .satisfiesAnyOf(
                            high -> assertThat(high).isInfinite().isEqualTo(closed.high(.05)),
                            high -> assertThat(high / closed.high(.05)).isCloseTo(1, within(1e-7)));
        }
    }

    @Test
    void no_number_is_none_for_any_input_up_to_billions() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            double theirs = many(random);
            double ours = many(random);
            var counted =
                    Counted.of(
                            theirs * random.nextDouble(), theirs, ours * random.nextDouble(), ours);
            var values =
                    new Measured(
                            Values.of(bucket(random)).and(Values.of(bucket(random))),
                            Values.of(bucket(random)).and(Values.of(bucket(random))),
                            new SignCount((long) many(random), (long) 1e10),
                            0,
                            0);
            var judgement = judged(Trial.NONE.with("errors", counted).with("latency", values));

            assertThat(judgement.metrics())
                    .allSatisfy(
                            one -> {
                                assertThat(one.logE()).as("%s", one).isNotNaN();
                                assertThat(one.ratioLow()).as("%s", one).isNotNaN();
                                assertThat(one.ratioHigh())
                                        .as("%s", one)
                                        .isGreaterThanOrEqualTo(one.ratioLow());
                            });
        }
    }

    private static List<Values.Bucket> bucket(Random random) {
        double low = random.nextInt(4) == 0 ? 0 : Math.exp(20 * random.nextGaussian());
        double high =
                random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : low * (1 + random.nextDouble());
        return List.of(new Values.Bucket(low, high, 1 + (long) many(random)));
    }

    private static double many(Random random) {
        return Math.floor(Math.pow(10, 9.3 * random.nextDouble()));
    }

    private static Judgement judged(Trial trial) {
        return judged(trial, ERRORS, LATENCY);
    }

    private static Judgement judged(Trial trial, Metric... metrics) {
        return Judge.judge(List.of(metrics), trial, RULES, Stage.OVER);
    }

    private static Counted counts(Random random) {
        return Counted.of(random.nextInt(10), 100, random.nextInt(20), 100);
    }

    private static double[] latencies(Random random, int size, double times) {
        return DoubleStream.generate(() -> times * Math.exp(random.nextGaussian() / 2))
                .limit(size)
                .toArray();
    }

    private static double[] times(double[] values, double unit) {
        return Arrays.stream(values).map(one -> one * unit).toArray();
    }

    private static void shuffle(double[] values, Random random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double one = values[i];
            values[i] = values[other];
            values[other] = one;
        }
    }
}
