package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Fence;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.simulation.TestingServices;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Nobody is activated before everybody else can't send any more, whatever the ledger believes of who is active.
class FenceTest {
    private final Scene scene = Scene.serving(TestingServices.gateway());

    @Test
    void one_whose_activation_was_never_confirmed_is_fenced_though_nobody_counts_as_active() {
        var unconfirmed = new Scene(TestingServices.gateway());
        unconfirmed.start("gateway-1", Scene.FIRST).start("gateway-2", Scene.FIRST);
        unconfirmed.happened(
                new EffectIntended(
                        unconfirmed.now(),
                        "gateway",
                        "past",
                        new Effect.Activate("gateway-1", new Token(1)),
                        1));
        unconfirmed.approve(Scene.FIRST).sees("gateway-1", Sights::hanging);

        var effects = Scene.effects(unconfirmed.goOn(_ -> true)).subList(0, 3);

        assertThat(effects)
                .containsExactly(
                        new Effect.Hold(TestingServices.gateway().rollout().holdLimit()),
                        new Effect.Kill("gateway-1"),
                        new Effect.Activate("gateway-2", new Token(2)));
    }

    @Test
    void while_it_can_not_be_killed_nobody_is_activated() {
        scene.sees("gateway-1", Sights::hanging);

        var events = scene.goOn(effect -> !(effect instanceof Effect.Kill));

        assertThat(Scene.effects(events).getLast()).isEqualTo(new Effect.Kill("gateway-1"));
        assertThat(scene.state().roster().active()).contains("gateway-1");
    }

    @Test
    void standbys_that_do_not_answer_are_ended_one_after_the_other() {
        scene.start("gateway-3", Scene.FIRST).start("gateway-4", Scene.FIRST);
        scene.sees("gateway-1", Sights::dead);
        scene.sees("gateway-3", Sights::hanging).sees("gateway-4", Sights::hanging);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects.subList(1, 4))
                .containsExactly(
                        new Effect.Kill("gateway-3"),
                        new Effect.Kill("gateway-4"),
                        new Effect.Activate("gateway-2", new Token(2)));
    }

    @Test
    void a_standby_that_is_seen_passive_is_left_alone() {
        scene.start("gateway-3", Scene.FIRST).sees("gateway-1", Sights::dead);

        var events = scene.goOn(_ -> true);

        assertThat(scene.evidence(Step.Fence.class))
                .isEqualTo(
                        "process: gateway-1 is dead, as its host confirms;"
                                + " gateway-3 is passive, and was never told to be active since");
        assertThat(Scene.effects(events)).noneMatch(Effect.Kill.class::isInstance);
    }

    @Test
    void one_that_says_it_is_active_and_that_nobody_activated_is_ended() {
        scene.start("gateway-3", Scene.FIRST).sees("gateway-1", Sights::dead);
        scene.sees("gateway-3", at -> Sights.alive(Scene.FIRST, true, 1, at));

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects.subList(1, 3))
                .containsExactly(
                        new Effect.Kill("gateway-3"),
                        new Effect.Activate("gateway-2", new Token(2)));
    }

    /// Where only death is a fence, passive is enough of one that was never told to be active, and of no other.
    @Test
    void by_process_alone_whoever_was_active_is_ended_and_a_standby_is_not() {
        var single = Scene.serving(fencedBy(Set.of(Fence.PROCESS)));
        single.start("gateway-3", Scene.FIRST);
        single.plan(Scene.release("2", "a"));

        var effects = Scene.effects(single.goOn(_ -> true));

        assertThat(effects.stream().filter(Effect.Kill.class::isInstance))
                .containsExactly(new Effect.Kill("gateway-1"));
        assertThat(single.state().roster().active()).contains("gateway-4");
    }

    @Test
    void a_first_start_is_trivially_fenced() {
        var first = new Scene(TestingServices.gateway());
        first.plan(Scene.FIRST);

        first.goOn(_ -> true);

        assertThat(first.state().roster().active()).contains("gateway-1");
        assertThat(first.state().keep().stuck()).isEmpty();
    }

    private static Service fencedBy(Set<Fence> fences) {
        return Variants.fencedBy(TestingServices.gateway(), fences);
    }
}
