package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Gate;
import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.runtime.process.HostFact;
import dev.pitcrew.runtime.process.TestingHostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaugesTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z"); // Monday

    @TempDir Path folder;

    private final TestingClock clock = new TestingClock(NOON);
    private final TestingClock wall = new TestingClock(NOON);
    private final TestingHostFacts host = new TestingHostFacts();
    private final TestingJournal journal = new TestingJournal();
    private final Memory memory = new Memory(journal);
    private Optional<Instant> witnessed = Optional.empty();

    @Test
    void what_nobody_measured_yet_is_unknown() throws IOException {
        assertThat(measures(gauges("[echo, 1]")))
                .containsOnlyKeys("window", "clockJump", "freeze", "feed")
                .containsEntry("feed", Observed.unknown());
    }

    @Test
    void markets_are_asked_about_the_moment_where_an_environment_keeps_them() throws IOException {
        var gauges = gauges("[echo, 1]", "market: {venues: [XNYS]}");

        assertThat(number(measures(gauges), "market")).isZero(); // Monday, 07:00 in New York

        clock.pass(Duration.ofHours(3));
        assertThat(number(measures(gauges), "market")).isEqualTo(1);
    }

    @Test
    void disk_and_clock_are_told_in_the_units_of_their_gates() throws IOException {
        host.disk(new HostFact.Known(4096, "a disk"));
        host.clock(new HostFact.Known(2_500_000, "chrony"));
        var gauges = gauges("[echo, 1]");

        gauges.measure();

        Awaiting.until(() -> measures(gauges).keySet().containsAll(Set.of("disk", "clock")));
        assertThat(measures(gauges))
                .containsEntry("disk", new Observed<>(new Measure(4096, "a disk"), NOON))
                .containsEntry("clock", new Observed<>(new Measure(2.5, "chrony"), NOON));
    }

    @Test
    void a_clock_that_nobody_watches_any_more_shuts_its_gate_once_the_last_bound_is_old()
            throws IOException {
        var gate = new Gate("clock", Gate.Sense.AT_MOST, 50, "ms", Duration.ofSeconds(10));
        var gauges = gauges("[sh, -c, 'echo x >> runs; echo 1']");
        gauges.measure();
        Awaiting.until(() -> measures(gauges).containsKey("clock"));
        assertThat(passes(gate, gauges)).isTrue();

        host.clock(new HostFact.Unknown("chrony has no reference"));
        clock.pass(Duration.ofSeconds(11));
        measureTwice(gauges);

        assertThat(passes(gate, gauges)).isFalse();
    }

    @Test
    void a_command_is_measured_by_the_number_that_it_prints() throws IOException {
        var gauges = gauges("[echo, ' 0.75 ']");

        gauges.measure();

        Awaiting.until(() -> measures(gauges).containsKey("load"));
        assertThat(measure(gauges, "load"))
                .isEqualTo(new Observed<>(new Measure(0.75, "echo  0.75 "), NOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo much",
                "echo",
                "echo 1 2",
                "echo NaN",
                "echo -Infinity",
                "echo 1; false"
            })
    void a_command_that_prints_no_number_measures_nothing(String script) throws IOException {
        var gauges = gauges("[sh, -c, 'echo x >> runs; " + script + "']");

        measureTwice(gauges);

        assertThat(measures(gauges)).doesNotContainKey("load");
    }

    @Test
    void the_kill_switch_is_as_old_as_the_service_where_that_is_longest_ago() throws IOException {
        var gauges = gauges("[echo, 1]");
        memory.append(List.of(tested("gateway", Duration.ofDays(1))));
        assertThat(measures(gauges)).doesNotContainKey("killTested"); // the strategy never was

        memory.append(List.of(tested("strategy", Duration.ofDays(3))));

        assertThat(measures(gauges))
                .containsEntry("killTested", new Observed<>(new Measure(3, "the ledger"), NOON));
    }

    @Test
    void the_witnesses_are_asked_how_long_ago() throws IOException {
        witnessed = Optional.of(NOON.minus(Duration.ofMinutes(90)));

        assertThat(measures(gauges("[echo, 1]")))
                .containsEntry(
                        "witnessed", new Observed<>(new Measure(1.5, "the witnesses"), NOON));
    }

    @Test
    void a_freeze_counts_until_it_is_thawed() throws IOException {
        var frozen = Desk.EMPTY.fold(new DeskEvent.Frozen(NOON, "*", "ann", "audit"));
        var thawed = frozen.fold(new DeskEvent.Thawed(NOON, "*", "ann", ""));
        var gauges = gauges("[echo, 1]");

        assertThat(number(gauges.measures(frozen, Map.of(), Map.of(), NOON), "freeze"))
                .isEqualTo(1);
        assertThat(number(gauges.measures(thawed, Map.of(), Map.of(), NOON), "freeze")).isZero();
    }

    @Test
    void the_feed_is_as_old_as_the_oldest_data_that_an_instance_uses() throws IOException {
        var desk = desk("strategy-1", "strategy-2");
        var seen = NOON.minusSeconds(1);
        var facts = Map.of("strategy-1", using("12", seen), "strategy-2", using("340", NOON));

        assertThat(gauges("[echo, 1]").measures(desk, facts, Map.of(), NOON))
                .containsEntry("feed", new Observed<>(new Measure(340, "strategy-2"), seen));
    }

    @Test
    void of_a_feed_that_one_instance_says_nothing_about_nothing_is_known() throws IOException {
        var desk = desk("strategy-1", "strategy-2");
        var facts = Map.of("strategy-1", using("12", NOON));

        assertThat(gauges("[echo, 1]").measures(desk, facts, Map.of(), NOON))
                .containsEntry("feed", Observed.unknown());
    }

    private static Desk desk(String... strategies) {
        var desk = Desk.EMPTY;
        for (var name : strategies) {
            var start = new Effect.Start(name, "1");
            desk = desk.fold(new EffectIntended(NOON, "strategy", "course", start, 1));
        }
        return desk;
    }

    private static InstanceFacts using(String feedAge, Instant seen) {
        var reading = new ProbeReading.Value(feedAge, seen);
        return new FactReader(Map.of(ProbeName.FEED_AGE, reading), seen)
                .after(InstanceFacts.UNKNOWN, Observed.unknown(), Optional.empty());
    }

    @Test
    void accounts_are_measured_by_service() throws IOException {
        var agree = new Observed<>(new Measure(0, "both"), NOON);

        assertThat(
                        gauges("[echo, 1]")
                                .measures(Desk.EMPTY, Map.of(), Map.of("gateway", agree), NOON))
                .containsEntry("reconciliation/gateway", agree);
    }

    @Test
    void a_host_whose_clock_was_set_is_as_far_from_ours_as_it_was_set() throws IOException {
        var gauges = gauges("[echo, 1]");
        wall.pass(Duration.ofHours(-2));

        assertThat(number(measures(gauges), "clockJump")).isEqualTo(7_200_000);
    }

    @Test
    void the_disk_is_the_one_that_the_ledger_is_on() throws IOException {
        host.disk(new HostFact.Known(4096, "a disk"));
        var gauges = gauges("[echo, 1]");

        gauges.measure();

        Awaiting.until(() -> measures(gauges).containsKey("disk"));
        assertThat(host.asked()).isEqualTo(folder.resolve("ledger.db"));
    }

    private static double number(Map<String, Observed<Measure>> all, String name) {
        var measured = all.getOrDefault(name, Observed.unknown()).value();
        return measured == null ? Double.NaN : measured.number();
    }

    private boolean passes(Gate gate, Gauges gauges) {
        return gate.judge(measure(gauges, gate.name()), clock.instant()).passed();
    }

    private Observed<Measure> measure(Gauges gauges, String name) {
        return measures(gauges).getOrDefault(name, Observed.unknown());
    }

    private DeskEvent.KillTested tested(String service, Duration ago) {
        return new DeskEvent.KillTested(
                NOON.minus(ago),
                service,
                "ann",
                "seen as well, each instance answers and tells its latch: works");
    }

    private Map<String, Observed<Measure>> measures(Gauges gauges) {
        return gauges.measures(Desk.EMPTY, Map.of(), Map.of(), clock.instant());
    }

    /// None is measured twice at once, so once the command runs for the second time the first is through. There is no third time, which
    /// would write into a folder that is being deleted.
    private void measureTwice(Gauges gauges) {
        Awaiting.until(
                () -> {
                    if (runs() >= 2) {
                        return true;
                    }
                    gauges.measure();
                    return false;
                });
    }

    private int runs() {
        try {
            var runs = folder.resolve("runs");
            return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Gauges gauges(String command) throws IOException {
        return gauges(command, "diskFree: 256MiB");
    }

    /// @param gate one more
    private Gauges gauges(String command, String gate) throws IOException {
        var file = folder.resolve("pitcrew.yaml");
        Files.writeString(file, TEXT.replace("COMMAND", command).replace("GATE", gate));
        var read = SystemFile.read(file);
        assertThat(read).isInstanceOf(Read.Good.class);
        var system = ((Read.Good<TradingSystem>) read).document().in("demo");
        return new Gauges(
                system,
                system.environment("demo"),
                folder.resolve("ledger.db"),
                host,
                memory,
                () -> witnessed,
                new TestingInstances(folder, clock, system).variables(),
                clock,
                wall);
    }

    private static final String TEXT =
            """
            system: small
            services:
              gateway:
                role: strategy
                command: ["true"]
                ports: {http: auto}
                singleActive: {fence: [process], drain: {policy: wait, limit: 1s}, onFailure: person, hangLimit: 1s, twiceWithin: 1m}
                probes: {ready: {http: /ready}, active: {http: /active}, token: {http: /token}}
                hooks: {activate: {http: /activate}, deactivate: {http: /deactivate}, kill: {http: /kill}, rearm: {http: /rearm}}
                reconcile: {ours: {http: /books}, theirs: {service: strategy, http: /books}}
                rollout: {strategy: handoff}
              strategy:
                role: strategy
                command: ["true"]
                ports: {http: auto}
                singleActive: {fence: [process], drain: {policy: wait, limit: 1s}, onFailure: person, hangLimit: 1s, twiceWithin: 1m}
                probes: {ready: {http: /ready}, active: {http: /active}, token: {http: /token}, feedAge: {http: /status, pointer: /feedAgeMillis}}
                hooks: {activate: {http: /activate}, deactivate: {http: /deactivate}, kill: {http: /kill}, rearm: {http: /rearm}}
                rollout: {strategy: handoff}
            environments:
              demo:
                runtime: local
                kind: demo
                balancer: built-in
                approval: none
                windows: always
                gates: {clockOffset: 50ms, GATE, commands: {load: {command: COMMAND, atMost: 1, timeout: 5s}}}
            """;
}
