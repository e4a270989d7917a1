package dev.pitcrew.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Looked at all the time, a test claims harm of equal versions at most as often as it says. A few hundred seeds; `bench/judge/run` does
/// 2,000 of each.
class FalseAlarmTest {
    private static final int RUNS = 300;
    private static final double ALPHA = 0.05;
    private static final double LIMIT = Math.log(1 / ALPHA);
    private static final int ALARMS_MAX =
            26; // of 300 at 5 %: more come by chance in one of 300 such tests

    @Test
    void counts_after_every_event() {
        assertThat(alarms(seed -> new Race(seed, 0.25, 1).everReaches(LIMIT, 400)))
                .isLessThan(ALARMS_MAX);
    }

    @Test
    void counts_with_a_margin_that_is_just_reached() {
        assertThat(alarms(seed -> new Race(seed, 0.25, 1.2).everReachesAbove(1.2, LIMIT, 400)))
                .isLessThan(ALARMS_MAX);
    }

    @Test
    void a_pass_of_what_is_just_too_bad() {
        assertThat(alarms(seed -> new Race(seed, 0.5, 1.2).everPasses(1.2, ALPHA, 3_000)))
                .isLessThan(ALARMS_MAX);
    }

    @Test
    void a_split_that_is_right() {
        assertThat(alarms(seed -> new Race(seed, 0.05, 1).everMissesSplit(LIMIT, 2_000)))
                .isLessThan(ALARMS_MAX);
    }

    @Test
    void quantiles_and_signs_at_45_looks() {
        assertThat(alarms(FalseAlarmTest::anyQuantileOrSign)).isLessThan(ALARMS_MAX);
    }

    private static boolean anyQuantileOrSign(long seed) {
        var work = new Workload(Workload.changed(0, 1), seed);
        double limit = Math.log(4 / ALPHA);
        for (int look : Workload.looks()) {
            work.until(look);
            var baseline = work.baseline();
            var canary = work.canary();
            for (double p : new double[] {.5, .9, .99}) {
                if (QuantileTest.oneSided(p, 20_000, ALPHA / 4).logEAbove(baseline, canary, 1)
                        >= limit) {
                    return true;
                }
            }
            if (work.signs().logE() >= limit) {
                return true;
            }
        }
        return false;
    }

    private static long alarms(LongPredicate run) {
        return LongStream.range(0, RUNS).filter(run).count();
    }

    /// Events of two arms, one after the other.
    private static final class Race {
        private final Random random;
        private final double share;
        private final double probability;
        private double canary;
        private double baseline;

        Race(long seed, double share, double ratio) {
            random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
            this.share = share;
            probability = share * ratio / (share * ratio + 1 - share);
        }

        private void step() {
            if (random.nextDouble() < probability) {
                canary++;
            } else {
                baseline++;
            }
        }

        private RateRatio ratio() {
            return new RateRatio(Counts.of(share, canary, baseline), share);
        }

        boolean everReaches(double limit, int events) {
            return everReachesAbove(1, limit, events);
        }

        boolean everReachesAbove(double margin, double limit, int events) {
            for (int i = 0; i < events; i++) {
                step();
                if (ratio().logEAbove(margin) >= limit) {
                    return true;
                }
            }
            return false;
        }

        boolean everPasses(double margin, double alpha, int events) {
            for (int i = 0; i < events; i++) {
                step();
                if (i % 50 == 0 && ratio().high(alpha) < margin) {
                    return true;
                }
            }
            return false;
        }

        boolean everMissesSplit(double limit, int events) {
            var split = Multinomial.split(share);
            for (int i = 0; i < events; i++) {
                step();
                if (split.logE(baseline, canary) >= limit) {
                    return true;
                }
            }
            return false;
        }
    }
}
