package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent.KillTested;
import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.model.OperationFailed;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void a_service_that_was_never_tried_has_no_day() {
        assertThat(new Memory(new TestingJournal()).killTested("gateway")).isEmpty();
    }

    @Test
    void the_last_try_counts_of_the_service_or_of_the_whole_desk() {
        var memory = new Memory(new TestingJournal());
        memory.append(List.of(tested(MONDAY, "*"), tested(TUESDAY, "gateway")));

        assertThat(memory.killTested("gateway")).contains(TUESDAY);
        assertThat(memory.killTested("strategy")).contains(MONDAY);

        memory.append(List.of(tested(TUESDAY.plusSeconds(1), "*")));

        assertThat(memory.killTested("gateway")).contains(TUESDAY.plusSeconds(1));
    }

    @Test
    void what_is_only_claimed_does_not_count() {
        var memory = new Memory(new TestingJournal());

        memory.append(
                List.of(
                        new KillTested(
                                MONDAY,
                                "gateway",
                                "ann",
                                "claimed by the CLI, no latch told by any instance: works")));

        assertThat(memory.killTested("gateway")).isEmpty();
    }

    @Test
    void what_was_written_before_is_remembered_after_a_replay() {
        var kill = killed(true);
        var memory = new Memory(new TestingJournal(tested(MONDAY, "gateway"), kill));

        memory.replay();

        assertThat(memory.killTested("gateway")).contains(MONDAY);
        assertThat(memory.has(kill)).isTrue();
    }

    @Test
    void only_a_kill_from_the_spool_can_come_twice() {
        var memory = new Memory(new TestingJournal());
        memory.append(List.of(killed(false)));

        assertThat(memory.has(killed(true))).isFalse();
    }

    @Test
    void what_could_not_be_written_did_not_happen() {
        var journal = new TestingJournal();
        var memory = new Memory(journal);
        journal.full();

        assertThatThrownBy(() -> memory.append(List.of(tested(MONDAY, "gateway"), killed(true))))
                .isInstanceOf(OperationFailed.class);
        assertThat(memory.killTested("gateway")).isEmpty();
        assertThat(memory.has(killed(true))).isFalse();
    }

    private static KillTested tested(Instant at, String service) {
        return new KillTested(
                at,
                service,
                "ann",
                "seen as well, each instance answers and tells its latch: works");
    }

    private static Killed killed(boolean spooled) {
        return new Killed(MONDAY, "gateway", "ann", "runaway", spooled, "3 orders cancelled");
    }
}
