package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Spell;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Probes;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.simulation.TestingServices;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Probes PROBES = TestingServices.gateway().probes();

    private final InstanceWatch watch = new InstanceWatch();

    @Test
    void an_instance_that_hung_before_this_controller_came_is_silent_all_the_same() {
        unanswered(0);
        unanswered(1);
        assertThat(watch.facts(false).silence()).contains(new Spell(NOON, 2));
    }

    @Test
    void an_answer_ends_the_silence() {
        unanswered(0);
        answered(1);
        assertThat(watch.facts(false).silence()).isEmpty();
    }

    @Test
    void what_was_asked_before_the_latest_answer_is_no_silence() {
        answered(1);
        unanswered(0); // ends later, and was sent earlier
        assertThat(watch.facts(false).silence()).isEmpty();
    }

    @Test
    void our_own_absence_is_no_silence() {
        watch.ended(new FactReader(Map.of(), NOON), PROBES, true);
        assertThat(watch.facts(false).silence()).isEmpty();
    }

    private void unanswered(int second) {
        watch.ended(new FactReader(Map.of(), NOON.plusSeconds(second)), PROBES, false);
    }

    private void answered(int second) {
        var readings =
                Map.<ProbeName, ProbeReading>of(
                        ProbeName.READY, new ProbeReading.Value("true", NOON));
        watch.ended(new FactReader(readings, NOON.plusSeconds(second)), PROBES, false);
    }
}
