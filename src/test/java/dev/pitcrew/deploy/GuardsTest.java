package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Move.Failed;
import dev.pitcrew.deploy.Move.Perform;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.simulation.TestingServices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What no version may do turns a change back in whichever step it is seen.
class GuardsTest {
    private static final Service GATEWAY = TestingServices.gateway();
    private static final Release SECOND = Scene.release("2", "a");
    private static final Effect KILL_STANDBY = new Effect.Kill("gateway-2");

    private final Scene scene = Scene.serving(GATEWAY);

    @Test
    void a_duplicate_order_strikes_in_every_step_but_the_start() {
        var plan = scene.plan(SECOND);
        scene.start("gateway-3", SECOND).sees("gateway-3", GuardsTest::duplicating);

        for (int i = 2; i < plan.forward().size(); i++) {
            assertThat(move(plan, i, Optional.empty()))
                    .as(plan.forward().get(i).name())
                    .isEqualTo(new Failed("gateway-3 sent 2 duplicate orders"));
        }
    }

    @Test
    void two_actives_strike_in_every_step_that_does_not_end_them_itself() {
        var plan = scene.plan(SECOND);
        scene.start("gateway-3", SECOND).sees("gateway-2", GuardsTest::active);

        for (int i = 2; i < plan.forward().size(); i++) {
            var step = plan.forward().get(i);
            if (!(step instanceof Step.Deactivate) && !(step instanceof Step.Fence)) {
                assertThat(move(plan, i, Optional.empty()))
                        .as(step.name())
                        .isEqualTo(new Perform(KILL_STANDBY));
            }
        }
    }

    @Test
    void once_it_is_killed_the_step_has_failed() {
        var plan = scene.plan(SECOND);
        scene.start("gateway-3", SECOND).sees("gateway-2", Sights::dead);
        var killed = new Course.Try(KILL_STANDBY, 1, Optional.of(scene.now()), Optional.empty());

        assertThat(move(plan, 3, Optional.of(killed)))
                .isEqualTo(
                        new Failed(
                                "gateway-2 says that it is active, and nobody activated it; it was killed"));
    }

    @Test
    void a_dead_new_one_is_not_waited_for() {
        var plan = scene.plan(SECOND);
        scene.start("gateway-3", SECOND).sees("gateway-3", Sights::dead);

        for (int i = 3; i < plan.forward().size(); i++) {
            assertThat(move(plan, i, Optional.empty()))
                    .as(plan.forward().get(i).name())
                    .isInstanceOf(Failed.class);
        }
    }

    /// It says nothing about the new version, and is not held against it.
    @Test
    void an_old_one_that_is_active_again_is_killed_before_anything_else_and_the_change_goes_back() {
        scene.plan(SECOND);
        scene.goOn(effect -> !(effect instanceof Effect.Route));
        scene.sees("gateway-1", GuardsTest::active);

        var events = scene.goOn(_ -> true);

        assertThat(Scene.effects(events).getFirst()).isEqualTo(new Effect.Kill("gateway-1"));
        assertThat(end(events)).isEqualTo(Outcome.GATED);
        assertThat(scene.state().keep().failed()).isEmpty();
        assertThat(scene.state().keep().approved()).contains(Scene.FIRST);
    }

    /// The rights of the old one are older, whatever it says.
    @Test
    void whoever_was_activated_last_is_the_one_that_has_the_right() {
        var plan = scene.plan(SECOND);
        scene.start("gateway-3", SECOND).sees("gateway-3", GuardsTest::activeSecond);
        scene.did(new Effect.Deactivate("gateway-1", new Token(1)));
        scene.did(new Effect.Activate("gateway-3", new Token(2)));
        scene.sees("gateway-1", GuardsTest::active);

        assertThat(move(plan, plan.forward().size() - 1, Optional.empty()))
                .isEqualTo(new Perform(new Effect.Kill("gateway-1")));
    }

    @Test
    void what_is_approved_is_never_the_culprit() {
        scene.sees("gateway-1", at -> alive(Scene.FIRST, true, at).counting(seen(9L, at)));

        assertThat(Scene.effects(scene.goOn(_ -> true))).isEmpty();
    }

    private Move move(Plan plan, int index, Optional<Course.Try> last) {
        var course =
                new Course(
                        "r1/forward",
                        Optional.of("gateway-1"),
                        Optional.of("gateway-3"),
                        SECOND,
                        plan.forward(),
                        index,
                        scene.now(),
                        last,
                        Optional.empty(),
                        Optional.empty());
        return Steps.move(course, scene.situation());
    }

    private static Outcome end(List<Event> events) {
        return events.stream()
                .filter(Finished.class::isInstance)
                .map(Finished.class::cast)
                .toList()
                .getLast()
                .outcome();
    }

    private static InstanceFacts duplicating(Instant at) {
        return alive(SECOND, false, at).counting(seen(2L, at));
    }

    private static InstanceFacts active(Instant at) {
        return alive(Scene.FIRST, true, at);
    }

    private static InstanceFacts activeSecond(Instant at) {
        return Sights.alive(SECOND, true, 2, at);
    }

    private static InstanceFacts alive(Release release, boolean isActive, Instant at) {
        return Sights.alive(release, isActive, 1, at);
    }

    private static Observed<Long> seen(long count, Instant at) {
        return new Observed<>(count, at);
    }
}
