package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent.Frozen;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.model.Decider;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.Journal;
import dev.pitcrew.runtime.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an operator is told who has waited long enough.
class ActsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Frozen FROZEN = new Frozen(NOON, "*", "ann", "");

    private final List<Event> ledger = new ArrayList<>();
    private boolean isFull;
    private final Loop loop = new Loop(new Quiet(), new Kept(), (_, _, _, _) -> {});

    /// Decides nothing.
    private static final class Quiet implements Decider<Desk, Facts, Event> {
        @Override
        public Desk fold(Desk desk, Event event) {
            return desk.fold(event);
        }

        @Override
        public List<Event> next(Desk desk, Facts facts) {
            return List.of();
        }
    }

    private final class Kept implements Journal {
        @Override
        public List<Event> replay() {
            return List.copyOf(ledger);
        }

        @Override
        public void append(List<Event> events) {
            if (isFull) {
                throw new OperationFailed(
                        OperationFailed.Code.LEDGER_FULL, "the disk is full", null);
            }
            ledger.addAll(events);
        }
    }

    @Test
    void who_is_told_that_it_was_not_taken_in_can_rely_on_it() {
        var asked = loop.submit((_, _) -> List.of(FROZEN));

        assertThatThrownBy(() -> Acts.await(asked, Duration.ZERO, loop))
                .isInstanceOf(Refusal.class)
                .hasMessage("the controller did not take it in, and will not any more");
        loop.tick(facts());

        assertThat(ledger).isEmpty();
    }

    @Test
    void who_asked_of_a_full_disk_is_told_so_and_it_does_not_happen_later() {
        isFull = true;
        var asked = loop.submit((_, _) -> List.of(FROZEN));
        loop.tick(facts());

        assertThatThrownBy(() -> Acts.await(asked, Duration.ZERO, loop))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "the controller did not take it in, and will not any more: the disk is full");
        isFull = false;
        loop.tick(facts());

        assertThat(ledger).isEmpty();
    }

    /// The loop is at it while the limit comes.
    @Test
    void what_has_begun_is_said_to_have_begun() {
        var told = new ArrayList<Throwable>();
        var mine = new ArrayList<dev.pitcrew.runtime.Submission>();
        mine.add(
                loop.submit(
                        (_, _) -> {
                            try {
                                Acts.await(mine.getFirst(), Duration.ZERO, loop);
                            } catch (Refusal refusal) {
                                told.add(refusal);
                            }
                            return List.of(FROZEN);
                        }));

        loop.tick(facts());

        assertThat(told)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("the controller has begun with it, and it is not in the ledger yet");
        assertThat(ledger).containsExactly(FROZEN);
    }

    @Test
    void what_was_answered_at_the_last_moment_is_the_answer() {
        var asked = loop.submit((_, _) -> List.of(FROZEN));
        loop.tick(facts());

        assertThat(Acts.await(asked, Duration.ZERO, loop)).containsExactly(FROZEN);
    }

    private static Facts facts() {
        return new Facts(
                NOON, Map.of(), Map.of(), Map.of(), Map.of(), new Observed<>(Map.of(), NOON));
    }
}
