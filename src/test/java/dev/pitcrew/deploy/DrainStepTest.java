package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Token;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of open orders when the active instance is drained.
class DrainStepTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @ParameterizedTest
    @EnumSource
    void the_policy_goes_with_the_hook(DrainPolicy policy) {
        var stage = Stage.serving(TestingServices.gateway(policy));

        assertThat(Steps.move(draining(stage), stage.situation()))
                .isEqualTo(new Move.Perform(new Effect.Drain("gateway-1", new Token(1), policy)));
    }

    @Test
    void handing_over_leaves_open_orders_resting() {
        assertThat(drained(DrainPolicy.HAND_OVER, 3))
                .isEqualTo(new Move.Taken("no answer is owed to gateway-1, 3 open orders"));
    }

    @Test
    void waiting_waits_for_the_last_open_order() {
        assertThat(drained(DrainPolicy.WAIT, 1))
                .isEqualTo(new Move.Wait("gateway-1 still has 1 open order"));
        assertThat(drained(DrainPolicy.WAIT, 0))
                .isEqualTo(new Move.Taken("no answer is owed to gateway-1, 0 open orders"));
    }

    @Test
    void cancelling_waits_until_the_last_one_is_cancelled() {
        assertThat(drained(DrainPolicy.CANCEL, 2))
                .isEqualTo(new Move.Wait("gateway-1 still has 2 open orders to cancel"));
        assertThat(drained(DrainPolicy.CANCEL, 0))
                .isEqualTo(new Move.Taken("no answer is owed to gateway-1, 0 open orders"));
    }

    @Test
    void what_can_not_be_cancelled_within_the_limit_fails_the_drain() {
        var stage = Stage.serving(TestingServices.gateway(DrainPolicy.CANCEL));
        var course = told(stage, DrainPolicy.CANCEL);
        stage.after(LIMIT.plusSeconds(1)).sees("gateway-1", open(stage, 2));

        assertThat(course.next(stage.situation()))
                .containsExactly(
                        new StepFailed(
                                stage.now(),
                                "gateway",
                                "r1/forward",
                                0,
                                "gateway-1 still has 2 open orders to cancel, for longer than 5 s"));
    }

    private static Move drained(DrainPolicy policy, long open) {
        var stage = Stage.serving(TestingServices.gateway(policy));
        var course = told(stage, policy);
        stage.after(Duration.ofMillis(100)).sees("gateway-1", open(stage, open));
        return Steps.move(course, stage.situation());
    }

    private static InstanceFacts open(Stage stage, long open) {
        return stage.withOpenOrders(stage.facts(true, true, 1, "digest-of-1"), open);
    }

    private static Course told(Stage stage, DrainPolicy policy) {
        var drain = new Effect.Drain("gateway-1", new Token(1), policy);
        var at = stage.now();
        return draining(stage)
                .fold(new EffectIntended(at, "gateway", "r1/forward", drain, 1))
                .fold(new EffectConfirmed(at, "gateway", "r1/forward", drain, "accepted"));
    }

    private static Course draining(Stage stage) {
        return Course.begin(
                "r1/forward",
                Optional.of("gateway-1"),
                Optional.of("gateway-2"),
                Stage.TWO,
                List.of(new Step.Drain(LIMIT)),
                stage.now());
    }
}
