package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Service;
import dev.pitcrew.simulation.TestingServices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A service without an `activate` hook sends from its start to its death: its start is its activation.
class WithoutPassiveModeTest {
    private static final Service STRATEGY = Variants.withoutPassiveMode(TestingServices.strategy());
    private static final Release SECOND = Scene.release("2", "a");

    private final Scene scene = new Scene(STRATEGY);

    @Test
    void once_it_is_started_it_is_active_and_no_second_one_is_started() {
        scene.plan(Scene.FIRST);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects).containsExactly(new Effect.StartActive("strategy-1", "1"));
        assertThat(scene.state().roster().active()).contains("strategy-1");
        assertThat(scene.state().keep().stuck()).isEmpty();
    }

    @Test
    void the_old_one_is_dead_before_the_new_one_is_started() {
        served();
        scene.plan(SECOND);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects)
                .containsExactly(
                        new Effect.Stop("strategy-1"), new Effect.StartActive("strategy-2", "2"));
        assertThat(scene.state().keep().approved()).contains(SECOND);
    }

    @Test
    void one_that_hangs_is_ended_before_another_is_started() {
        served();
        scene.sees("strategy-1", Sights::hanging);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects)
                .containsExactly(
                        new Effect.Kill("strategy-1"), new Effect.StartActive("strategy-2", "1"));
    }

    /// Its host does not confirm the death, and passive is nothing that it could be.
    @Test
    void while_it_may_live_no_other_is_started() {
        served();
        scene.sees("strategy-1", Sights::hanging);

        var effects = Scene.effects(scene.goOn(effect -> !(effect instanceof Effect.Kill)));

        assertThat(effects).containsExactly(new Effect.Kill("strategy-1"));
    }

    @Test
    void the_way_back_ends_the_new_one_before_it_starts_the_old_one() {
        served();
        scene.plan(SECOND);
        scene.goOn(effect -> effect instanceof Effect.Stop);
        scene.sees("strategy-2", at -> Sights.alive(SECOND, true, 1, at));

        var events = new ArrayList<Event>();
        for (int attempt = 1; attempt <= 3; attempt++) {
            scene.fail("exit code 1");
            events.addAll(scene.goOn(one -> !startsSecond(one)));
        }

        var effects = Scene.effects(events);
        assertThat(effects.subList(effects.size() - 2, effects.size()))
                .isEqualTo(
                        List.of(
                                new Effect.Kill("strategy-2"),
                                new Effect.StartActive("strategy-3", "1")));
        assertThat(scene.state().keep().failed()).extracting(Release::version).containsExactly("2");
    }

    /// It has no latch of its own: the ledger's keeps it from being started, and a re-arm lifts that.
    @Test
    void what_was_killed_stays_dead_until_a_re_arm_starts_it_again() {
        served();
        scene.happened(
                new DeskEvent.Killed(scene.now(), "strategy", "ada", "", false, "cut", "k1"));
        scene.sees("strategy-1", Sights::dead);
        assertThat(Scene.effects(scene.goOn(_ -> true))).isEmpty();

        scene.planRearm();
        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects.stream().map(one -> one.getClass().getSimpleName()))
                .containsExactly("StartActive", "Rearm");
        assertThat(scene.state().roster().active()).contains("strategy-2");
        assertThat(scene.state().isKilled()).isFalse();
    }

    private static boolean startsSecond(Effect effect) {
        return effect instanceof Effect.StartActive(_, var version) && version.equals("2");
    }

    private void served() {
        scene.plan(Scene.FIRST);
        scene.goOn(_ -> true);
    }
}
