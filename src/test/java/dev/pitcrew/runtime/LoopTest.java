package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Scene;
import dev.pitcrew.deploy.Sights;
import dev.pitcrew.deploy.Variants;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.Service;
import dev.pitcrew.simulation.TestingServices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final Service GATEWAY = TestingServices.gateway();
    private static final Effect HOLD = new Effect.Hold(GATEWAY.rollout().holdLimit());
    private static final Effect KILL = new Effect.Kill("gateway-1");

    private final Scene scene = Scene.serving(GATEWAY);
    private final List<Effect> performed = new ArrayList<>();
    private final List<Performer.Outcome> outcomes = new ArrayList<>();

    @Test
    void on_a_full_disk_one_that_hangs_is_still_fenced_and_nobody_is_activated() {
        var journal = journal();
        var loop = loop(journal);
        scene.sees("gateway-1", Sights::hanging);
        journal.full();

        tick(loop, 5);
        assertThat(performed).containsExactly(KILL);
        outcomes.getFirst().confirmed("gateway-1 ended with 137");
        scene.sees("gateway-1", Sights::dead);
        tick(loop, 5);

        assertThat(performed).containsExactly(KILL);
        assertThat(loop.desk()).isEqualTo(desk(scene.events()));
    }

    @Test
    void whoever_asks_for_something_wakes_the_one_who_decides() {
        var rung = new ArrayList<String>();
        var loop =
                new Loop(
                        Desk.decider(scene.system(), scene.system().environments().getFirst()),
                        Desk.EMPTY,
                        journal(),
                        (_, _, _, _) -> {},
                        Runnable::run,
                        () -> rung.add("news"));

        var _ = loop.ask((_, _) -> List.of());

        assertThat(rung).containsExactly("news");
    }

    /// The disk got full while an effect was underway, so that its outcome can't be written either.
    @Test
    void what_came_of_an_effect_counts_although_it_can_not_be_written() {
        var journal = journal();
        var loop = loop(journal);
        scene.sees("gateway-1", Sights::hanging);
        tick(loop, 1);
        assertThat(performed).containsExactly(HOLD);
        journal.full();
        outcomes.getFirst().confirmed("new requests are held");

        tick(loop, 5);

        assertThat(performed).containsExactly(HOLD, KILL);
    }

    /// Three times as a fence, and three times to stop order flow while a person is called; then with growing pauses.
    @Test
    void a_kill_that_failed_is_tried_again_and_not_all_the_time() {
        var journal = journal();
        var loop = loop(journal);
        scene.sees("gateway-1", Sights::hanging);
        journal.full();

        for (int turn = 0; turn < 50; turn++) {
            tick(loop, 1);
            outcomes.forEach(one -> one.failed("the host does not answer"));
            outcomes.clear();
        }

        assertThat(performed).containsExactly(KILL, KILL, KILL, KILL, KILL, KILL);
    }

    /// A change that goes forward has an active instance to lose, so it does not hold, and goes no further.
    @Test
    void on_a_full_disk_a_change_takes_nothing_away() {
        var undrained = Scene.serving(Variants.withoutDrain(GATEWAY));
        undrained.plan(Scene.release("2", "a"));
        undrained.goOn(effect -> !(effect instanceof Effect.Hold));
        var journal = new TestingJournal(beforeHold(undrained.events()));
        var loop = loop(undrained, journal);
        journal.full();

        for (int turn = 0; turn < 5; turn++) {
            undrained.later();
            loop.tick(undrained.facts());
        }

        assertThat(performed).isEmpty();
    }

    /// No outcome may be lost: its course would wait for it for ever.
    @Test
    void an_outcome_in_odd_characters_is_taken_in_like_any_other() {
        var odd = "\u009b2J \u007f \ud83d and half a \ud800 \0";
        try (var ledger =
                Ledger.open(
                        new TestingStore(),
                        SigningKey.generate("desk/demo", VerifierKey.Kind.NOTE))) {
            var journal = new LedgerJournal(ledger);
            journal.append(scene.events());
            var loop = loop(journal);
            scene.sees("gateway-1", Sights::dead);
            tick(loop, 1);

            outcomes.getFirst().failed(odd);
            tick(loop, 1);

            assertThat(last(journal))
                    .isEqualTo(
                            new EffectFailed(scene.now(), "gateway", "gateway/mend-3", HOLD, odd));
            assertThat(performed).containsExactly(HOLD);
        }
    }

    @Test
    void an_outcome_in_words_that_the_journal_refuses_is_taken_in_without_them() {
        var journal = new Fastidious(journal());
        var loop = loop(journal);
        scene.sees("gateway-1", Sights::dead);
        tick(loop, 1);

        outcomes.getFirst().confirmed("bad words");
        tick(loop, 1);

        assertThat(journal.replay())
                .contains(
                        new EffectConfirmed(
                                scene.now(),
                                "gateway",
                                "gateway/mend-3",
                                HOLD,
                                "in words that can't be kept"));
    }

    /// Refuses what holds bad words.
    private record Fastidious(Journal journal) implements Journal {
        @Override
        public List<Event> replay() {
            return journal.replay();
        }

        @Override
        public void append(List<Event> events) {
            if (events.toString().contains("bad words")) {
                throw new IllegalArgumentException("bad words");
            }
            journal.append(events);
        }
    }

    private TestingJournal journal() {
        return new TestingJournal(scene.events().toArray(Event[]::new));
    }

    private static Event[] beforeHold(List<Event> events) {
        return events.stream()
                .takeWhile(
                        event ->
                                !(event instanceof EffectIntended one
                                        && one.effect() instanceof Effect.Hold))
                .toArray(Event[]::new);
    }

    private Loop loop(Journal journal) {
        return loop(scene, journal);
    }

    private Loop loop(Scene scene, Journal journal) {
        return new Loop(
                Desk.decider(scene.system(), scene.system().environments().getFirst()),
                journal,
                (_, _, effect, outcome) -> {
                    performed.add(effect);
                    outcomes.add(outcome);
                });
    }

    private void tick(Loop loop, int times) {
        for (int i = 0; i < times; i++) {
            scene.later();
            loop.tick(scene.facts());
        }
    }

    private static Event last(Journal journal) {
        return journal.replay().stream().filter(EffectFailed.class::isInstance).toList().getLast();
    }

    private static Desk desk(List<Event> events) {
        var desk = Desk.EMPTY;
        for (var event : events) {
            desk = desk.fold(event);
        }
        return desk;
    }
}
