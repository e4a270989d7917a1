package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Books;
import dev.pitcrew.deploy.Books.Holding;
import dev.pitcrew.model.Observed;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.TestingProbing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcilerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Set<String> NOBODY = Set.of();
    private static final String ONE_OPEN =
            "{\"byInstrument\": {\"AAA\": {\"open\": 1, \"position\": 2}}}";
    private static final Books AGREED =
            new Books(Map.of("AAA", new Holding(1, 2)), Map.of("AAA", new Holding(1, 2)));

    @TempDir Path folder;

    private final TestingClock clock = new TestingClock(NOON);
    private final TestingProbing probing = new TestingProbing(clock);
    private TestingInstances instances;
    private Reconciler reconciler;

    @BeforeEach
    void start() throws IOException {
        instances = new TestingInstances(folder, clock);
        instances.start("gateway", "gateway-1", 1001);
        instances.start("gateway", "gateway-2", 1002);
        instances.start("books", "books-1", 1003);
        reconciler = new Reconciler(instances.system(), instances.addresses(), probing, clock);
    }

    @Test
    void both_accounts_are_fetched_and_are_as_old_as_the_question() {
        shows(1001, ONE_OPEN);
        shows(1003, ONE_OPEN);

        reconciler.pulse(instances.desk("gateway-1"), NOBODY);

        Awaiting.until(() -> reconciler.books().containsKey("gateway"));
        assertThat(reconciler.books())
                .containsExactly(Map.entry("gateway", new Observed<>(AGREED, NOON)));
    }

    @Test
    void the_active_instance_speaks_for_a_service_of_which_one_may_be_active() {
        shows(1001, "{\"byInstrument\": {}}");
        shows(1002, ONE_OPEN);
        shows(1003, ONE_OPEN);

        reconciler.pulse(instances.desk("gateway-2"), NOBODY);

        Awaiting.until(() -> reconciler.books().containsKey("gateway"));
        assertThat(seen().value()).isEqualTo(AGREED);
    }

    @Test
    void while_nobody_is_active_nothing_is_compared() {
        shows(1001, ONE_OPEN);
        shows(1003, ONE_OPEN);

        reconciler.pulse(instances.desk(), NOBODY);
        becomesActive();

        assertThat(seen().at()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void one_account_alone_is_none() {
        shows(1001, ONE_OPEN);
        reconciler.pulse(instances.desk("gateway-1"), NOBODY);
        shows(1003, ONE_OPEN);
        becomesActive();

        assertThat(seen().at()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void at_rest_it_asks_once_a_second_and_in_haste_without_a_pause() {
        shows(1001, ONE_OPEN);
        shows(1003, ONE_OPEN);
        var desk = instances.desk("gateway-1");
        reconciler.pulse(desk, NOBODY);
        Awaiting.until(() -> reconciler.books().containsKey("gateway"));
        clock.pass(Duration.ofMillis(500));
        reconciler.pulse(desk, NOBODY); // too early, so nothing is underway after it

        Awaiting.until(
                () -> {
                    reconciler.pulse(desk, Set.of("gateway"));
                    return seen().at().isAfter(NOON);
                });
        assertThat(seen().at()).isEqualTo(NOON.plusMillis(500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"byInstrument\": []}",
                "{\"byInstrument\": null}",
                "{\"byInstrument\": {\"AAA\": 3}}",
                "{\"byInstrument\": {\"AAA\": {\"open\": 1}}}",
                "{\"byInstrument\": {\"AAA\": {\"open\": 1.5, \"position\": 2}}}",
                "{\"byInstrument\": {\"AAA\": {\"open\": \"1\", \"position\": 2}}}",
                "{\"byInstrument\": {\"AAA\": {\"open\": 1, \"position\": 18446744073709551618}}}",
                "{\"byInstrument\": {\"AAA\": {\"open\": 1, \"position\": 2}, \"BBB\": {}}}"
            })
    void what_is_no_account_says_nothing_at_all(String text) {
        assertThat(Reconciler.parse(text)).isEmpty();
    }

    @Test
    void an_account_of_nothing_is_an_account() {
        assertThat(Reconciler.parse("{\"byInstrument\": {}}")).contains(Map.of());
    }

    /// Two seconds later, so that whatever was asked before is told from what is asked now.
    private void becomesActive() {
        clock.pass(Duration.ofSeconds(2));
        Awaiting.until(
                () -> {
                    reconciler.pulse(instances.desk("gateway-1"), Set.of("gateway"));
                    return reconciler.books().containsKey("gateway");
                });
    }

    private Observed<Books> seen() {
        return reconciler.books().getOrDefault("gateway", Observed.unknown());
    }

    private void shows(int port, String books) {
        probing.body(Address.local(port), "/books", books);
    }
}
