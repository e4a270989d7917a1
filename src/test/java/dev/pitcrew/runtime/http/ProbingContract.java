package dev.pitcrew.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Probe;
import dev.pitcrew.model.Probe.HttpProbe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.runtime.http.ProbeReading.Failed;
import dev.pitcrew.runtime.http.ProbeReading.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every adapter of [Probing] must do; run against real HTTP and against the services of the tests.
abstract class ProbingContract {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// Probing on a clock that stands at [#NOON].
    abstract Probing probing();

    abstract Address address();

    /// From now on the service says this.
    abstract void says(ProbeName name, String value);

    /// From now on a GET of this path answers with this body.
    abstract void shows(String path, String body);

    /// From now on the service takes requests and answers none.
    abstract void hangs();

    @Test
    void what_the_service_says_is_read_with_the_time_of_observation() {
        says(ProbeName.ACTIVE, "true");
        says(ProbeName.OPEN_ORDERS, "17");

        assertThat(read(LIMIT, ProbeName.ACTIVE, ProbeName.OPEN_ORDERS))
                .containsOnly(
                        Map.entry(ProbeName.ACTIVE, new Value("true", NOON)),
                        Map.entry(ProbeName.OPEN_ORDERS, new Value("17", NOON)));
    }

    @Test
    void each_round_reads_anew() {
        says(ProbeName.TOKEN, "1");
        read(LIMIT, ProbeName.TOKEN);
        says(ProbeName.TOKEN, "2");

        assertThat(read(LIMIT, ProbeName.TOKEN))
                .containsExactly(Map.entry(ProbeName.TOKEN, new Value("2", NOON)));
    }

    @Test
    void nothing_is_read_that_was_not_asked_for() {
        says(ProbeName.TOKEN, "1");
        says(ProbeName.ACTIVE, "true");

        assertThat(read(LIMIT, ProbeName.TOKEN)).containsOnlyKeys(ProbeName.TOKEN);
    }

    @Test
    void what_the_service_does_not_say_is_a_failure_of_that_probe_alone() {
        says(ProbeName.TOKEN, "1");

        var readings = read(LIMIT, ProbeName.TOKEN, ProbeName.IN_DOUBT);

        assertThat(readings.get(ProbeName.TOKEN)).isEqualTo(new Value("1", NOON));
        assertThat(readings.get(ProbeName.IN_DOUBT)).isInstanceOf(Failed.class);
    }

    @Test
    void a_service_that_hangs_says_nothing_and_each_probe_fails() {
        says(ProbeName.ACTIVE, "true");
        hangs();

        var readings = read(SHORT, ProbeName.ACTIVE, ProbeName.TOKEN);

        assertThat(readings).containsOnlyKeys(ProbeName.ACTIVE, ProbeName.TOKEN);
        assertThat(readings.values()).allSatisfy(one -> assertThat(one).isInstanceOf(Failed.class));
    }

    @Test
    void a_page_is_fetched_whole() {
        shows("/books", "{\"byInstrument\": {}}");

        assertThat(probing().fetch(address(), "/books", LIMIT))
                .isEqualTo(new Value("{\"byInstrument\": {}}", NOON));
    }

    @Test
    void a_page_that_is_not_there_is_a_failure() {
        assertThat(probing().fetch(address(), "/nowhere", LIMIT)).isInstanceOf(Failed.class);
    }

    private Map<ProbeName, ProbeReading> read(Duration timeout, ProbeName... names) {
        var probes = new EnumMap<ProbeName, Probe>(ProbeName.class);
        for (var name : List.of(names)) {
            probes.put(name, new HttpProbe("/facts", Optional.of("/" + name.key())));
        }
        var instance = new Instance("gateway-1", address(), Map.of(), Map.of(), Path.of("."));
        return probing().read(instance, probes, timeout);
    }
}
