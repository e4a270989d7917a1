package dev.pitcrew.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.balancer.TrafficState.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an adapter of [Traffic] must do that [can't hold][Traffic#canHold]: it refuses, and clients try again.
public abstract class RefusingContract extends TrafficContract {
    @Test
    void it_says_that_it_can_not_hold() {
        assertThat(traffic().canHold()).isFalse();
        assertThat(traffic().under("r1/forward").canHold()).isFalse();
    }

    @Test
    void a_held_request_is_refused_at_once_and_another_try_gets_to_the_new_target() {
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", LONG);

        assertThat(answer(request())).isEqualTo("503");
        traffic().route("gateway", List.of(target(2)));
        assertThat(state().mode()).isEqualTo(Mode.HOLD);
        assertThat(route()).isEqualTo(new TrafficRoute(List.of(target(2)), true));
        assertThat(answer(request())).isEqualTo("503");
        traffic().release("gateway");
        assertThat(route()).isEqualTo(new TrafficRoute(List.of(target(2)), false));
        assertThat(answer(request())).isEqualTo("200 2");
    }

    @Test
    void opening_is_one_change() {
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", LONG);
        long generation = state().generation();
        traffic().open("gateway", List.of(target(2)));

        assertThat(answer(request())).isEqualTo("200 2");
        assertThat(state().mode()).isEqualTo(Mode.OPEN);
        assertThat(state().generation()).isEqualTo(generation + 1);
        traffic().open("gateway", List.of(target(2)));
        assertThat(state().generation()).isEqualTo(generation + 1);
    }

    @Test
    void a_split_ends_a_hold_and_is_one_change_and_a_route_ends_the_split() {
        traffic().hold("gateway", LONG);
        long generation = state().generation();
        split(1);
        split(1);

        assertThat(answer(request("anna", ""))).isEqualTo("200 2");
        assertThat(state().generation()).isEqualTo(generation + 1);
        traffic().open("gateway", List.of(target(1)));
        assertThat(answer(request("anna", ""))).isEqualTo("200 1");
        assertThat(state().targets()).containsExactly(target(1));
    }
}
