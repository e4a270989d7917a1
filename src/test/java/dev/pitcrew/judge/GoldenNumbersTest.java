package dev.pitcrew.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The numbers that were published with the tests, or computed with their authors' code.
class GoldenNumbersTest {
    private static final Offset<Double> CLOSE = within(1e-8);
    private static final Offset<Double> PUBLISHED_WITH_FEWER_DIGITS = within(1e-5);
    private static final double[] GRID = {1.5, 2, 3, 5, 10};

    @ParameterizedTest
    @CsvSource({
        "10, 10, .5, 100, -0.0915774275",
        "10, 20, .5, 100, 0.2562191873",
        "10, 30, .5, 100, 1.2748794875",
        "50, 90, .5, 100, 2.9238719535",
        "10, 30, .5, 2, 3.4543243628",
        "10, 30, .5, 10, 3.3779118204",
        "10, 30, .5, 1000, 0.1728846394",
        "90, 30, .1, 100, 6.1058998846",
        "95, 20, .1, 100, 1.1513933011"
    })
    void counts_of_two_arms(double baseline, double canary, double share, double k, double logE) {
        assertThat(new Multinomial(List.of(1 - share, share), k).logE(baseline, canary))
                .isCloseTo(logE, CLOSE);
    }

    @Test
    void counts_of_three_arms() {
        assertThat(new Multinomial(List.of(.1, .4, .5), 100).p(40, 129, 233))
                .isCloseTo(0.04845591105969517, CLOSE);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5, .5, -0.9958525547",
        "8, 2, .5, 1.3867992841",
        "10, 0, .5, 5.2262353129",
        "3, 7, .1, 0.5465437064",
        "12, 40, .1, 1.9257347234",
        "12, 40, .14285714285714285, -0.3856931120"
    })
    void counts_above_a_margin(double canary, double baseline, double p, double logE) {
        assertThat(new BetaMixture(1, 1, p).logEAbove(canary, baseline)).isCloseTo(logE, CLOSE);
    }

    @Test
    void counts_while_the_canarys_weight_changes() {
        var first = Counts.of(.05, 3, 20);

        assertThat(onGrid(first)).isCloseTo(0.6537491114698395, CLOSE);
        assertThat(onGrid(first.and(.25, 8, 15))).isCloseTo(0.5934749057192511, CLOSE);
        assertThat(onGrid(first.and(.25, 18, 15))).isCloseTo(6.441351076413645, CLOSE);
    }

    private static double onGrid(Counts counts) {
        return new RateRatio(counts, .5).onGrid(1, GRID);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20, 0, .2606713509",
        "10, 10, .2042984121, .7957015879",
        "30, 10, .5117382962, .9144235650",
        "12, 88, .0400962894, .2535350456"
    })
    void bounds_of_a_share(double canary, double baseline, double low, double high) {
        var ratio = new RateRatio(Counts.of(.5, canary, baseline), .5);

        assertThat(share(ratio.lowOfSequence(.05))).isCloseTo(low, CLOSE);
        assertThat(share(ratio.high(.05))).isCloseTo(high, CLOSE);
    }

    private static double share(double ratio) {
        return ratio / (1 + ratio);
    }

    @ParameterizedTest
    @CsvSource({".5, 70, .814704", ".5, 85, .0838055", ".5, 100, .0054947", ".9, 55, .0340463"})
    void quantiles_of_two_arms(double p, int shift, double level) {
        var baseline = Values.of(IntStream.rangeClosed(1, 1000).asDoubleStream().toArray());
        var canary =
                Values.of(
                        IntStream.rangeClosed(1 + shift, 1000 + shift).asDoubleStream().toArray());
        var test = QuantileTest.twoSided(p, 100, .05);

        assertThat(Math.min(1, Math.exp(-test.logE(baseline, canary))))
                .isCloseTo(level, PUBLISHED_WITH_FEWER_DIGITS);
        assertThat(test.logE(canary, baseline)).isEqualTo(test.logE(baseline, canary));
    }

    @ParameterizedTest
    @CsvSource({
        "60, 100, 1.1165290448",
        "70, 100, 3.5777130969",
        "540, 1000, 2.4541453213",
        "560, 1000, 5.9324846240",
        "580, 1000, 10.8013440342"
    })
    void signs_of_pairs(long wins, long pairs, double logE) {
        assertThat(new SignCount(2 * wins, pairs).logE()).isCloseTo(logE, CLOSE);
    }

    @Test
    void the_band_around_a_distribution() {
        // With the exact C it is 0.0820477877; the published number is from a coarser search for C.
        assertThat(Band.ALPHA_05.halfWidth(1000, 100))
                .isCloseTo(.08204769, PUBLISHED_WITH_FEWER_DIGITS);
    }
}
