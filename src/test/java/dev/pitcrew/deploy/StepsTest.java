package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is unknown is never taken for a yes.
class StepsTest {
    private static final Service GATEWAY = TestingServices.gateway();

    @Test
    void a_new_version_that_does_not_say_whether_it_is_active_is_not_done() {
        var scene = Scene.serving(GATEWAY);
        scene.sees("gateway-1", at -> Sights.secretive(Scene.FIRST, at));
        var bake = new Step.Bake(Duration.ofSeconds(2), Duration.ofSeconds(6));
        var course = course(scene, bake, "gateway-1");

        var soon = course.next(scene.situation());
        scene.goOn(_ -> true);
        var late = course.next(scene.situation());

        assertThat(soon).isEmpty();
        assertThat(late)
                .containsExactly(
                        new StepFailed(
                                scene.now(),
                                "gateway",
                                "r1/forward",
                                0,
                                "gateway-1 does not say whether it is active, for longer than 6 s"));
    }

    @Test
    void where_orders_are_entered_what_nobody_counts_is_not_none() {
        assertThat(afterActivation(Variants.without(GATEWAY, ProbeName.IN_DOUBT)))
                .isEqualTo(new Move.Wait("doubts are unknown"));
    }

    @Test
    void where_none_are_entered_there_is_nothing_to_count() {
        var strategy = Variants.without(TestingServices.strategy(), ProbeName.IN_DOUBT);

        assertThat(afterActivation(strategy))
                .isEqualTo(new Move.Taken("strategy-1 is active with token 1"));
    }

    /// Of an instance that is active as it was told, and does not say how many orders are in doubt.
    private static Move afterActivation(Service service) {
        var scene = Scene.serving(service);
        var name = service.name() + "-1";
        var activate = new Effect.Activate(name, new Token(1));
        var course = course(scene, new Step.Activate(Duration.ofSeconds(10)), name);
        course =
                course.fold(
                        new EffectIntended(scene.now(), service.name(), course.id(), activate, 1));
        course =
                course.fold(
                        new EffectConfirmed(
                                scene.now(), service.name(), course.id(), activate, ""));
        scene.sees(name, at -> Sights.uncounted(Scene.FIRST, at)).later();
        return Steps.move(course, scene.situation());
    }

    private static Course course(Scene scene, Step step, String to) {
        return Course.begin(
                "r1/forward",
                Optional.empty(),
                Optional.of(to),
                Scene.FIRST,
                List.of(step),
                scene.now());
    }
}
