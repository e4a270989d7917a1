package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent.KillTested;
import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.model.Observed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a kill, or of its test, that somebody else did and only reports: through the spool, and into the ledger.
class KillReportsTest {
    private static final String CLAIM = "no open order after 5 ms";

    private int written;
    private final Instant now = Instant.now(); // pages carry the time of the file system
    @TempDir private Path folder;
    private final List<Event> ledger = new ArrayList<>();
    private final Memory memory = new Memory(new Kept());
    private Spool spool;
    private Loop loop;
    private SpoolTaking taking;
    private InstanceFacts seen = InstanceFacts.UNKNOWN;

    /// A journal that any list is good enough for.
    private final class Kept implements Journal {
        @Override
        public List<Event> replay() {
            return List.copyOf(ledger);
        }

        @Override
        public void append(List<Event> events) {
            ledger.addAll(events);
        }
    }

    @BeforeEach
    void begin() {
        var system = TestingSystem.in(folder, List.of());
        var start = new Effect.Start("gateway-1", "1");
        ledger.add(new EffectIntended(now, "gateway", "r1/forward", start, 1));
        spool = new Spool(folder);
        loop =
                new Loop(
                        Desk.decider(system, system.environments().getFirst()),
                        memory,
                        (_, _, _, _) -> {});
        taking = new SpoolTaking(system, spool, loop, memory, this::facts);
    }

    @Test
    void a_kill_of_which_the_ledger_knows_nothing_is_taken_in_at_once_as_a_claim()
            throws IOException {
        spool.write(killed(CLAIM));

        take();

        assertThat(reports())
                .containsExactly(
                        killed("claimed by the CLI, no latch seen on gateway-1: " + CLAIM));
        assertThat(loop.desk().service("gateway").isKilled()).isTrue();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_kill_that_the_ledger_has_waits_to_be_seen_and_is_confirmed() throws IOException {
        var begun = new Killed(now, "gateway", "ada", "runaway", false, "begun");
        ledger.add(begun);
        begin();
        spool.write(killed(CLAIM));

        take();
        assertThat(reports()).containsExactly(begun);

        seen = latched();
        take();
        assertThat(reports())
                .containsExactly(
                        begun, killed("confirmed, each instance is latched or dead: " + CLAIM));
    }

    /// Whoever kills writes that down first of all, and tells it as well.
    @Test
    void that_a_kill_has_begun_is_taken_in_once() throws IOException {
        spool.write(killed(Spool.BEGUN));
        take();
        spool.write(new Killed(now.plusMillis(1), "gateway", "ada", "", true, Spool.BEGUN));

        take();

        assertThat(reports())
                .containsExactly(killed("claimed by the CLI, no latch seen on gateway-1: begun"));
        assertThat(waiting()).isEmpty();
    }

    /// While the first kill is in force, and perhaps about to be lifted.
    @Test
    void that_another_kill_has_begun_is_taken_in_at_once() throws IOException {
        spool.write(named("k1"));
        take();
        spool.write(named("k1"));
        spool.write(named("k2"));

        take();

        assertThat(reports()).extracting(one -> ((Killed) one).kill()).containsExactly("k1", "k2");
        assertThat(waiting()).isEmpty();
    }

    private Killed named(String kill) {
        written++;
        return new Killed(now.plusMillis(written), "gateway", "ada", "", true, Spool.BEGUN, kill);
    }

    @Test
    void an_instance_that_is_dead_needs_no_latch() {
        var check =
                new KillCheck(
                        TestingSystem.in(folder, List.of()).service("gateway"),
                        loop.desk().service("gateway").roster(),
                        facts());

        assertThat(check.isSeenKilled()).isFalse();

        seen = facts(new Observed<>(ProcessState.DEAD, now), Observed.unknown());
        assertThat(new KillCheck(check.service(), check.roster(), facts()).isSeenKilled()).isTrue();
    }

    @Test
    void a_latch_that_was_seen_too_long_ago_confirms_nothing() throws IOException {
        var old = now.minusSeconds(60);
        seen = facts(new Observed<>(ProcessState.RUNNING, old), new Observed<>(true, old));
        spool.write(killed(CLAIM));

        take();

        assertThat(reports())
                .containsExactly(
                        killed("claimed by the CLI, no latch seen on gateway-1: " + CLAIM));
    }

    @Test
    void a_test_of_the_kill_that_nobody_here_saw_is_written_down_and_does_not_count()
            throws IOException {
        var at = now.minusSeconds(3600);
        spool.write(new KillTested(at, "gateway", "ada", "all of it would work"));

        take();

        assertThat(reports())
                .containsExactly(
                        new KillTested(
                                at,
                                "gateway",
                                "ada",
                                "taken in later, claimed by the CLI: all of it would work"));
        assertThat(memory.killTested("gateway")).isEmpty();
    }

    @Test
    void a_test_from_the_future_is_written_down_as_of_now() throws IOException {
        spool.write(new KillTested(now.plusSeconds(1_000_000), "gateway", "ada", "works"));

        take();

        assertThat(reports())
                .singleElement()
                .extracting(one -> ((KillTested) one).at())
                .isEqualTo(now);
    }

    @Test
    void what_the_ledger_has_already_is_not_taken_in_again() throws IOException {
        spool.write(killed(CLAIM));
        take();
        spool.write(killed(CLAIM)); // as if we had died between the ledger and the renaming

        seen = latched();
        take();

        assertThat(reports()).hasSize(1);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void what_is_no_report_is_put_aside_and_stands_in_nobodys_way() throws IOException {
        Files.createDirectories(folder.resolve("spool"));
        Files.writeString(folder.resolve("spool/1.desk.killed@1.json"), "{");
        Files.writeString(folder.resolve("spool/2.desk.frozen@1.json"), "{}");
        Files.writeString(folder.resolve("spool/3.json"), "{}");
        spool.write(new Killed(now, "books", "ada", "", true, CLAIM)); // it sends no orders
        spool.write(new Killed(now, "nobody", "ada", "", true, CLAIM));
        spool.write(killed(CLAIM));

        take();

        assertThat(reports()).hasSize(1);
        assertThat(waiting()).isEmpty();
        assertThat(files(".refused")).hasSize(5);
    }

    private void take() {
        taking.run();
        loop.tick(facts());
    }

    private List<Event> reports() {
        return ledger.stream()
                .filter(one -> one instanceof Killed || one instanceof KillTested)
                .toList();
    }

    private List<String> waiting() throws IOException {
        return files(".json");
    }

    private List<String> files(String ending) throws IOException {
        try (var files = Files.list(folder.resolve("spool"))) {
            return files.map(Path::toString).filter(one -> one.endsWith(ending)).toList();
        }
    }

    private Killed killed(String result) {
        return new Killed(now, "gateway", "ada", "runaway", true, result);
    }

    private InstanceFacts latched() {
        return facts(new Observed<>(ProcessState.RUNNING, now), new Observed<>(true, now));
    }

    private Facts facts() {
        return new Facts(
                now, Map.of("gateway-1", seen), Map.of(), Map.of(), Map.of(), Observed.unknown());
    }

    private static InstanceFacts facts(Observed<ProcessState> process, Observed<Boolean> killed) {
        return new InstanceFacts(
                process,
                Optional.empty(),
                Optional.empty(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                killed,
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown(),
                Observed.unknown());
    }
}
