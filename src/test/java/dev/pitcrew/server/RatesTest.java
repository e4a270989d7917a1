package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void after_a_burst_there_are_so_many_a_second_however_often_one_asks() {
        var rates = new Rates(10, 2);

        assertThat(LongStream.range(0, 30).filter(_ -> rates.take("ann", 0))).hasSize(10);
        var got = LongStream.range(1, 100).filter(i -> rates.take("ann", i * SECOND / 10)).count();
        assertThat(got).isBetween(18L, 20L);
        assertThat(rates.take("bob", 0)).as("somebody else").isTrue();
    }
}
