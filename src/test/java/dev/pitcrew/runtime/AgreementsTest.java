package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Books;
import dev.pitcrew.deploy.Books.Holding;
import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Service;
import dev.pitcrew.simulation.TestingServices;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SOURCES = "gateway /books and drop-copy /books";

    private final Service gateway = TestingServices.gateway();
    private final Agreements agreements = new Agreements();

    @Test
    void accounts_that_agree_say_on_how_much() {
        assertThat(agreements.after(gateway, books(3, 3), NOON))
                .isEqualTo(new Observed<>(new Measure(0, SOURCES, "3 open orders"), NOON));
    }

    @Test
    void what_never_agreed_differs_from_the_first_look_on() {
        assertThat(agreements.after(gateway, books(3, 2), NOON))
                .isEqualTo(
                        new Observed<>(
                                new Measure(1, SOURCES, "AAA open 3 and 2, position 0 and 0"),
                                NOON));
    }

    @Test
    void what_agreed_a_moment_ago_is_an_order_underway() {
        agreements.after(gateway, books(3, 3), NOON);

        assertThat(number(books(4, 3), NOON.plus(Agreements.LASTING))).isZero();
    }

    @Test
    void what_has_not_agreed_for_long_differs() {
        agreements.after(gateway, books(3, 3), NOON);

        assertThat(number(books(4, 3), NOON.plus(Agreements.LASTING).plusMillis(1))).isEqualTo(1);
    }

    private double number(Books books, Instant at) {
        var measured = agreements.after(gateway, books, at).value();
        return measured == null ? Double.NaN : measured.number();
    }

    private static Books books(long ours, long theirs) {
        return new Books(
                Map.of("AAA", new Holding(ours, 0), "BBB", new Holding(0, 1)),
                Map.of("AAA", new Holding(theirs, 0), "BBB", new Holding(0, 1)));
    }
}
