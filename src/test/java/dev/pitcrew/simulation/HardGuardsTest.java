package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.StrategyName;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What no version may do, on a whole desk: the old version serves again before the watching would have come to an end.
class HardGuardsTest extends Scenario {
    @BeforeEach
    void the_gateway_serves_version_1() {
        first("gateway");
    }

    @Test
    void duplicate_orders_turn_a_handoff_back_at_once() {
        desk.deploy("gateway", "12-duplicates");
        at("activate");
        var seen = desk.now();
        desk.runUntil(ENOUGH, () -> !isChanging());

        assertThat(Duration.between(seen, desk.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(ended("gateway").reason()).contains("sent 3 duplicate orders");
        assertThat(end("gateway").outcome()).isIn(Outcome.REFUSED, Outcome.ROLLED_BACK);
        assertThat(serving("gateway")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void and_any_change_of_several(StrategyName strategy) {
        desk = new SimulatedDesk(Chance.none(), TestingServices.with(strategy, 3));
        first("prices");

        var end = changed("prices", "12-duplicates");

        assertThat(end.outcome()).isIn(Outcome.REFUSED, Outcome.ROLLED_BACK);
        assertThat(end.reason()).contains("sent 3 duplicate orders");
    }

    @Test
    void a_second_active_one_is_killed_first_and_then_the_change_goes_back() {
        var old = desk.active("gateway").name;
        desk.deploy("gateway", "2");
        at("bake");
        says(old, HardGuardsTest::active);

        assertThat(ended("gateway").outcome()).isEqualTo(Outcome.GATED);

        assertThat(effects("gateway")).contains(new Effect.Kill(old));
        assertThat(desk.world.instance(old).isAlive).isFalse();
        assertThat(serving("gateway")).isEqualTo("1");
        assertThat(desk.service("gateway").keep().failed()).isEmpty();
    }

    @Test
    void a_new_one_that_starts_active_is_killed_before_the_old_one_is_touched() {
        var old = desk.active("gateway").name;

        var end = changed("gateway", "7-starts-active");

        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(effects("gateway")).contains(new Effect.Kill("gateway-3"));
        assertThat(desk.active("gateway").name).isEqualTo(old);
    }

    private boolean isChanging() {
        return desk.service("gateway").isChanging();
    }

    private static InstanceFacts active(InstanceFacts one) {
        return new InstanceFacts(
                one.process(),
                one.silence(),
                one.passivity(),
                one.ready(),
                new Observed<>(true, one.active().at()),
                one.token(),
                one.binary(),
                one.configuration(),
                one.flags(),
                one.session(),
                one.unanswered(),
                one.inDoubt(),
                one.openOrders(),
                one.killed(),
                one.feedAgeMillis(),
                one.requests(),
                one.errors(),
                one.slow());
    }
}
