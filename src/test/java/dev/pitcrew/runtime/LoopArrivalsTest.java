package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent.Frozen;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.model.Decider;
import dev.pitcrew.model.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class LoopArrivalsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final List<Instant> decided = new ArrayList<>();
    private final TestingJournal journal = new TestingJournal();
    private final Loop loop = new Loop(new Counting(), journal, (_, _, _, _) -> {});

    /// Decides nothing, and notes that it was asked.
    private final class Counting implements Decider<Desk, Facts, Event> {
        @Override
        public Desk fold(Desk desk, Event event) {
            return desk.fold(event);
        }

        @Override
        public List<Event> next(Desk desk, Facts facts) {
            decided.add(facts.at());
            return List.of();
        }
    }

    @Test
    void an_intent_that_throws_anything_is_answered_and_keeps_nobody_from_being_decided_on() {
        var broken =
                loop.ask(
                        (_, _) -> {
                            throw new NoSuchElementException("no service named gatewya");
                        });
        var frozen = new Frozen(NOON, "*", "ann", "");
        var good = loop.ask((_, _) -> List.of(frozen));

        loop.tick(facts());

        assertThatThrownBy(broken::join).hasCauseInstanceOf(NoSuchElementException.class);
        assertThat(good).isCompletedWithValue(List.of(frozen));
        assertThat(journal.replay()).containsExactly(frozen);
        assertThat(decided).containsExactly(NOON);
    }

    @Test
    void what_is_withdrawn_before_the_loop_comes_to_it_is_never_decided_on() {
        var asked =
                loop.submit(
                        (_, _) -> {
                            throw new AssertionError("it was withdrawn");
                        });

        assertThat(asked.withdraw()).isTrue();
        loop.tick(facts());

        assertThat(journal.replay()).isEmpty();
        assertThat(asked.answer()).isCancelled();
    }

    @Test
    void what_the_loop_came_to_first_can_not_be_withdrawn() {
        var frozen = new Frozen(NOON, "*", "ann", "");
        var asked = loop.submit((_, _) -> List.of(frozen));

        loop.tick(facts());

        assertThat(asked.withdraw()).isFalse();
        assertThat(asked.answer()).isCompletedWithValue(List.of(frozen));
    }

    @Test
    void what_a_full_disk_refused_can_be_withdrawn_and_stands_in_nobodys_way() {
        var asked = loop.submit((_, at) -> List.of(new Frozen(at, "*", "ann", "")));
        journal.full();
        loop.tick(facts());

        assertThat(asked.withdraw()).isTrue();
        journal.roomy();
        var other = new Frozen(NOON, "*", "bob", "");
        var _ = loop.ask((_, _) -> List.of(other));
        loop.tick(facts());

        assertThat(journal.replay()).containsExactly(other);
    }

    private static Facts facts() {
        return new Facts(
                NOON, Map.of(), Map.of(), Map.of(), Map.of(), new Observed<>(Map.of(), NOON));
    }
}
