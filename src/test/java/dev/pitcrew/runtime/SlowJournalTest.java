package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent.Frozen;
import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Scene;
import dev.pitcrew.deploy.Sights;
import dev.pitcrew.model.Service;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/// The ledger's disk takes long, and says nothing.
class SlowJournalTest {
    private static final Service GATEWAY = TestingServices.gateway();
    private static final Effect HOLD = new Effect.Hold(GATEWAY.rollout().holdLimit());
    private static final Effect KILL = new Effect.Kill("gateway-1");

    private final Scene scene = Scene.serving(GATEWAY);
    private final TestingJournal journal = new TestingJournal(scene.events().toArray(Event[]::new));
    private final Disk disk = new Disk();
    private final List<Effect> performed = new ArrayList<>();
    private final List<Performer.Outcome> outcomes = new ArrayList<>();
    private final Loop loop = loop();

    /// Writes at once, until it hangs.
    private static final class Disk implements Executor {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private long left = Long.MAX_VALUE;

        @Override
        public void execute(Runnable write) {
            if (left == 0) {
                waiting.add(write);
            } else {
                left--;
                write.run();
            }
        }

        void hang() {
            hangAfter(0);
        }

        void hangAfter(int writes) {
            left = writes;
        }

        void goOn() {
            left = Long.MAX_VALUE;
            waiting.forEach(Runnable::run);
            waiting.clear();
        }

        void loseWhatWaits() {
            waiting.clear();
            goOn();
        }
    }

    @Test
    void behind_an_append_that_hangs_one_that_hangs_is_fenced_and_nobody_is_activated() {
        disk.hang();
        scene.sees("gateway-1", Sights::hanging);

        tick(5);
        assertThat(performed).containsExactly(KILL);
        outcomes.getFirst().confirmed("gateway-1 ended with 137");
        scene.sees("gateway-1", Sights::dead);
        tick(5);

        assertThat(performed).containsExactly(KILL);
        assertThat(loop.desk()).isEqualTo(desk(scene.events()));
        assertThat(loop.trouble()).hasMessageContaining("the ledger hangs");
    }

    /// What hangs is an entry that has nothing to do with it.
    @Test
    void an_operators_intent_that_hangs_keeps_nobody_from_being_fenced() {
        var frozen = new Frozen(scene.now(), "*", "ann", "");
        disk.hang();
        var asked = loop.ask((_, _) -> List.of(frozen));
        tick(2);
        scene.sees("gateway-1", Sights::hanging);

        tick(5);
        assertThat(performed).containsExactly(KILL);
        assertThat(asked).isNotDone();
        disk.goOn();
        tick(1);

        assertThat(asked).isCompletedWithValue(List.of(frozen));
        assertThat(loop.trouble()).isNull();
    }

    @Test
    void what_is_being_written_can_not_be_withdrawn_any_more() {
        var frozen = new Frozen(scene.now(), "*", "ann", "");
        disk.hang();
        var asked = loop.submit((_, _) -> List.of(frozen));
        tick(1);

        assertThat(asked.withdraw()).isFalse();
        disk.goOn();
        tick(1);

        assertThat(asked.answer()).isCompletedWithValue(List.of(frozen));
    }

    @Test
    void what_only_reduces_risk_is_performed_before_its_entry_and_once() {
        holdBefore();
        disk.hangAfter(1); // which is what came of the hold

        tick(3);
        assertThat(performed).containsExactly(HOLD, KILL);
        assertThat(journal.replay()).noneMatch(event -> intends(event, KILL));
        disk.goOn();
        tick(3);

        assertThat(performed).containsExactly(HOLD, KILL);
        assertThat(journal.replay()).anyMatch(event -> intends(event, KILL));
    }

    @Test
    void what_is_on_its_way_is_not_begun_again_once_it_can_be_written() {
        holdBefore();
        disk.hang();

        tick(3);
        assertThat(performed).containsExactly(HOLD, KILL);
        disk.goOn();
        tick(3);

        assertThat(performed).containsExactly(HOLD, KILL);
        assertThat(journal.replay()).anyMatch(event -> intends(event, KILL));
    }

    /// It came about while its intention was not written yet.
    @Test
    void what_came_of_an_effect_is_written_behind_its_intention() {
        holdBefore();
        disk.hangAfter(1);
        tick(3);
        outcomes.getLast().confirmed("gateway-1 ended with 137");
        scene.sees("gateway-1", Sights::dead);
        tick(3);

        disk.goOn();
        tick(1);

        var kill = journal.replay().stream().filter(event -> isOf(event, KILL)).toList();
        assertThat(kill).hasSize(2);
        assertThat(kill.getFirst()).isInstanceOf(EffectIntended.class);
        assertThat(kill.getLast()).isInstanceOf(EffectConfirmed.class);
        assertThat(performed.stream().filter(KILL::equals)).hasSize(1);
    }

    /// The keeper leaves a service alone that was killed: it needs the session to cancel.
    @Test
    void a_kill_that_is_told_behind_a_hanging_append_counts_before_it_is_written() {
        disk.hang();
        var _ = loop.ask((_, _) -> List.of(new Frozen(scene.now(), "*", "ann", "")));
        tick(2);
        var killed = new Killed(scene.now(), "gateway", "ann", "", false, "no open order");
        var _ = loop.ask((_, _) -> List.of(killed));
        scene.sees("gateway-1", Sights::hanging);

        tick(5);

        assertThat(performed).isEmpty();
    }

    @Test
    void what_waited_for_its_entry_for_a_moment_is_performed_then() {
        disk.hang();
        scene.sees("gateway-1", Sights::dead);
        tick(3);

        disk.goOn();
        tick(3);

        assertThat(performed).containsExactly(HOLD);
    }

    @Test
    void what_waited_for_its_entry_too_long_is_not_performed_but_decided_anew() {
        disk.hang();
        scene.sees("gateway-1", Sights::dead);
        tick(40);

        disk.goOn();
        tick(2);
        assertThat(performed).isEmpty();
        assertThat(last(EffectFailed.class).reason())
                .startsWith("not begun: its entry was written");
        tick(5);

        assertThat(performed).containsExactly(HOLD);
    }

    /// Nothing of what hung was kept.
    @Test
    void whoever_comes_next_decides_on_what_is_durable() {
        disk.hang();
        scene.sees("gateway-1", Sights::hanging);
        tick(5);
        performed.clear();
        disk.loseWhatWaits();
        var next = loop();

        next.resume();
        for (int turn = 0; turn < 3; turn++) {
            scene.later();
            next.tick(scene.facts());
        }

        assertThat(performed).containsExactly(HOLD);
    }

    @Test
    void a_disk_that_gets_full_after_it_hung_is_one_that_is_full() {
        disk.hang();
        scene.sees("gateway-1", Sights::hanging);
        tick(3);
        journal.full();
        disk.goOn();
        tick(3);

        assertThat(performed).containsExactly(KILL);
        assertThat(loop.trouble()).hasMessage("the disk is full");
    }

    /// A failover is on its way, and would now end the old sender.
    private void holdBefore() {
        scene.sees("gateway-1", Sights::hanging);
        tick(1);
        outcomes.getFirst().confirmed("new requests are held");
    }

    private static boolean intends(Event event, Effect effect) {
        return event instanceof EffectIntended one && one.effect().equals(effect);
    }

    private static boolean isOf(Event event, Effect effect) {
        return switch (event) {
            case EffectIntended one -> one.effect().equals(effect);
            case EffectConfirmed one -> one.effect().equals(effect);
            case EffectFailed one -> one.effect().equals(effect);
            default -> false;
        };
    }

    private <E extends Event> E last(Class<E> kind) {
        return journal.replay().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList()
                .getLast();
    }

    private Loop loop() {
        return new Loop(
                Desk.decider(scene.system(), scene.system().environments().getFirst()),
                journal,
                (_, _, effect, outcome) -> {
                    performed.add(effect);
                    outcomes.add(outcome);
                },
                disk,
                Duration.ZERO,
                () -> {});
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            scene.later();
            loop.tick(scene.facts());
        }
    }

    private static Desk desk(List<Event> events) {
        var desk = Desk.EMPTY;
        for (var event : events) {
            desk = desk.fold(event);
        }
        return desk;
    }
}
