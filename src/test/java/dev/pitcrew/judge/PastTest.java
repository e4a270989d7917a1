package dev.pitcrew.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A baseline that lies in the past is complete before the first look, and the canary's share grows with each look. Claims are as rare as with
/// arms side by side: under a mixture over all rates that both have, the ratio of likelihoods is a martingale.
class PastTest {
    private static final int RUNS = 300;
    private static final int RUNS_LONG = 1_000;
    private static final int LOOKS = 60;
    private static final double ALPHA = 0.05;
    private static final double LIMIT = 1.2;

    /// @param past requests of the old version
    /// @param share of them that fail
    /// @param step requests of the new version between two looks
    @ParameterizedTest
    @CsvSource({"20000,0.005,200", "2000,0.005,200", "500,0.02,500", "100000,0.001,50"})
    void claims_are_as_rare_as_they_have_to_be(double past, double share, double step) {
        claims(RUNS, past, share, step);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"20000,0.005,200", "2000,0.005,200", "500,0.02,500", "100000,0.001,50"})
    void claims_are_as_rare_in_many_runs(double past, double share, double step) {
        claims(RUNS_LONG, past, share, step);
    }

    private static void claims(int runs, double past, double share, double step) {
        int harm = 0;
        int passes = 0;
        for (long seed = 0; seed < runs; seed++) {
            var random = new Random(seed);
            double theirs = poisson(random, past * share);
            harm += isShown(random, past, theirs, share * LIMIT, step, true) ? 1 : 0;
            passes += isShown(random, past, theirs, share * LIMIT, step, false) ? 1 : 0;
        }

        System.out.printf(
                "past %.0f, share %.3f: harm claimed %d, passed %d of %d%n",
                past, share, harm, passes, runs);
        double allowed = ALPHA * runs;
        assertThat((double) harm).isLessThan(allowed + 3 * Math.sqrt(allowed));
        assertThat((double) passes).isLessThan(allowed + 3 * Math.sqrt(allowed));
    }

    /// Whether at any look of a version that is as bad as is just allowed.
    private static boolean isShown(
            Random random, double past, double theirs, double share, double step, boolean isHarm) {
        double ours = 0;
        for (int look = 1; look <= LOOKS; look++) {
            ours += poisson(random, step * share);
            double all = step * look;
            var ratio = new RateRatio(Counts.of(all / (all + past), ours, theirs), 0.5);
            if (isHarm
                    ? ratio.logEAbove(LIMIT) >= Math.log(1 / ALPHA)
                    : ratio.high(ALPHA) < LIMIT) {
                return true;
            }
        }
        return false;
    }

    private static double poisson(Random random, double mean) {
        int events = 0;
        for (double time = next(random); time < mean; time += next(random)) {
            events++;
        }
        return events;
    }

    private static double next(Random random) {
        return -Math.log(1 - random.nextDouble());
    }
}
