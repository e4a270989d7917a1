package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.Spell;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Probes;
import dev.pitcrew.runtime.http.ProbeReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactReaderTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(1);

    @Test
    void a_fact_is_as_old_as_the_question() {
        var facts = read(NOON, ProbeName.OPEN_ORDERS, "17");

        assertThat(facts.openOrders()).isEqualTo(new Observed<>(17L, NOON));
    }

    @Test
    void a_number_loses_its_fraction_and_nothing_else() {
        assertThat(read(NOON, ProbeName.FEED_AGE, "6.9").feedAgeMillis().value()).isEqualTo(6);
        assertThat(read(NOON, ProbeName.TOKEN, "9223372036854775807").token().value())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(read(NOON, ProbeName.TOKEN, "1.5e3").token().value()).isEqualTo(1500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "many",
                "NaN",
                "+Inf",
                "0x10",
                "1,000",
                "9223372036854775808",
                "18446744073709551617",
                "1e999999999"
            })
    void what_is_no_number_is_no_observation(String text) {
        var before = read(NOON, ProbeName.IN_DOUBT, "3");

        assertThat(after(before, LATER, ProbeName.IN_DOUBT, text)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "yes", "1", "null"})
    void what_is_neither_true_nor_false_is_no_observation(String text) {
        var before = read(NOON, ProbeName.ACTIVE, "true");

        assertThat(after(before, LATER, ProbeName.ACTIVE, text)).isEqualTo(before);
    }

    @Test
    void a_probe_that_failed_leaves_the_fact_and_its_age() {
        var before = read(NOON, ProbeName.ACTIVE, "true");
        var failed = Map.of(ProbeName.ACTIVE, failed());

        assertThat(after(before, new FactReader(failed, LATER))).isEqualTo(before);
    }

    @Test
    void a_round_that_was_sent_earlier_and_ends_later_changes_nothing() {
        var before = read(LATER, ProbeName.ACTIVE, "true");

        assertThat(after(before, NOON, ProbeName.ACTIVE, "false")).isEqualTo(before);
    }

    @Test
    void a_spell_of_passivity_lasts_until_it_says_that_it_is_active() {
        var once = read(NOON, ProbeName.ACTIVE, "false");
        var twice = after(once, LATER, ProbeName.ACTIVE, "false");
        var silent = after(twice, new FactReader(Map.of(), LATER.plusSeconds(1)));

        assertThat(once.passivity()).contains(new Spell(NOON, 1));
        assertThat(silent.passivity()).contains(new Spell(NOON, 2));
        assertThat(after(silent, LATER.plusSeconds(2), ProbeName.ACTIVE, "true").passivity())
                .isEmpty();
    }

    @Test
    void a_store_may_answer_for_an_instance_that_is_dead() {
        var store = new Probe.SqlProbe("orders", "select 1");
        var http = new Probe.HttpProbe("/ready", Optional.empty());
        var both = probes(Map.of(ProbeName.OPEN_ORDERS, store, ProbeName.READY, http));
        var onlyStore = Map.of(ProbeName.OPEN_ORDERS, value("3"), ProbeName.READY, failed());

        assertThat(new FactReader(onlyStore, NOON).isAnswered(both)).isFalse();
        assertThat(new FactReader(Map.of(ProbeName.READY, value("false")), NOON).isAnswered(both))
                .isTrue();
        assertThat(FactReader.canAnswer(both)).isTrue();
        assertThat(FactReader.canAnswer(probes(Map.of(ProbeName.OPEN_ORDERS, store)))).isFalse();
    }

    private static Probes probes(Map<ProbeName, Probe> byName) {
        var second = Duration.ofSeconds(1);
        return new Probes(second, second, second, byName);
    }

    private static InstanceFacts read(Instant sent, ProbeName name, String text) {
        return after(InstanceFacts.UNKNOWN, sent, name, text);
    }

    private static InstanceFacts after(
            InstanceFacts before, Instant sent, ProbeName name, String text) {
        return after(before, new FactReader(Map.of(name, value(text)), sent));
    }

    private static InstanceFacts after(InstanceFacts before, FactReader round) {
        return round.after(before, Observed.<ProcessState>unknown(), Optional.empty());
    }

    private static ProbeReading value(String text) {
        return new ProbeReading.Value(text, NOON);
    }

    private static ProbeReading failed() {
        return new ProbeReading.Failed("no answer", NOON);
    }
}
