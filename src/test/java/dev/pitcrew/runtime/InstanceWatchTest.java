package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Spell;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Probes;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
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

    @Test
    void it_is_news_when_an_instance_becomes_another_and_when_it_stops_answering() {
        assertThat(ready("true", 0)).isTrue();
        assertThat(ready("true", 1)).isFalse();
        assertThat(ready("false", 2)).isTrue();
        assertThat(watch.ended(new FactReader(Map.of(), NOON.plusSeconds(3)), PROBES, false))
                .isTrue();
    }

    @Test
    void what_is_counted_of_an_instance_is_no_news() {
        assertThat(ready("true", 0)).isTrue();
        assertThat(round(Map.of(ProbeName.READY, "true", ProbeName.OPEN_ORDERS, "1"), 1)).isFalse();
        assertThat(round(Map.of(ProbeName.READY, "true", ProbeName.OPEN_ORDERS, "2"), 2)).isFalse();
        assertThat(watch.facts(false).openOrders().value()).isEqualTo(2);
    }

    /// Else all others would be asked along with it each time that somebody looks.
    @Test
    void one_that_hangs_is_due_only_as_long_as_it_may_be_asked_again() {
        var asked = 0;
        for (var at = NOON; watch.isDue(PROBES, at) && asked < 100; asked++) {
            assertThat(watch.ask(PROBES, PROBES.every(), at)).isTrue();
            assertThat(watch.isDue(PROBES, at)).isFalse();
            at = at.plus(PROBES.every());
        }
        assertThat(asked)
                .isEqualTo(2 + (int) (PROBES.timeout().toNanos() / PROBES.every().toNanos()));
    }

    @Test
    void in_haste_no_more_than_two_rounds_are_underway_while_it_answers() {
        var haste = Duration.ofMillis(10);
        assertThat(watch.ask(PROBES, haste, NOON)).isTrue();
        assertThat(watch.ask(PROBES, haste, NOON.plus(haste))).isTrue();
        assertThat(watch.ask(PROBES, haste, NOON.plusSeconds(1))).isFalse();

        watch.ended(new FactReader(Map.of(), NOON), PROBES, false);

        assertThat(watch.ask(PROBES, haste, NOON.plusSeconds(2))).isTrue();
        assertThat(watch.ask(PROBES, haste, NOON.plusSeconds(3))).isTrue(); // it is silent now
    }

    private void unanswered(int second) {
        watch.ended(new FactReader(Map.of(), NOON.plusSeconds(second)), PROBES, false);
    }

    private void answered(int second) {
        ready("true", second);
    }

    private boolean ready(String value, int second) {
        return round(Map.of(ProbeName.READY, value), second);
    }

    private boolean round(Map<ProbeName, String> values, int second) {
        var readings = new EnumMap<ProbeName, ProbeReading>(ProbeName.class);
        values.forEach((name, value) -> readings.put(name, new ProbeReading.Value(value, NOON)));
        return watch.ended(new FactReader(readings, NOON.plusSeconds(second)), PROBES, false);
    }
}
