package dev.pitcrew.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.balancer.TrafficState.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an adapter of [Traffic] must do that [can hold][Traffic#canHold].
public abstract class HoldingContract extends TrafficContract {
    @Test
    void it_says_that_it_can_hold() {
        assertThat(traffic().canHold()).isTrue();
    }

    @Test
    void held_requests_go_to_the_new_target_once_released() {
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", LONG);
        Answering held = request();
        eventually(() -> state().held() == 1);
        traffic().route("gateway", List.of(target(2)));

        assertThat(state().mode()).isEqualTo(Mode.HOLD);
        assertThat(route()).isEqualTo(new TrafficRoute(List.of(target(2)), true));
        assertThat(held.now()).isEmpty();
        traffic().release("gateway");
        assertThat(route()).isEqualTo(new TrafficRoute(List.of(target(2)), false));
        assertThat(answer(held)).isEqualTo("200 2");
        assertThat(state().held()).isZero();
    }

    @Test
    void what_is_released_without_a_target_is_refused() {
        traffic().hold("gateway", LONG);
        Answering held = request();
        eventually(() -> state().held() == 1);
        traffic().release("gateway");

        assertThat(answer(held)).isEqualTo("503");
    }

    @Test
    void opening_sends_what_is_held_to_the_new_target_as_one_change() {
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", LONG);
        Answering held = request();
        eventually(() -> state().held() == 1);
        long generation = state().generation();
        traffic().open("gateway", List.of(target(2)));

        assertThat(answer(held)).isEqualTo("200 2");
        assertThat(state().mode()).isEqualTo(Mode.OPEN);
        assertThat(state().generation()).isEqualTo(generation + 1);
        traffic().open("gateway", List.of(target(2)));
        assertThat(state().generation()).isEqualTo(generation + 1);
    }

    @Test
    void a_route_ends_a_split_and_lets_go_what_is_held() {
        split(1);
        traffic().hold("gateway", LONG);
        Answering held = request("anna", "");
        eventually(() -> state().held() == 1);
        traffic().open("gateway", List.of(target(1)));

        assertThat(answer(held)).isEqualTo("200 1");
        assertThat(answer(request("anna", ""))).isEqualTo("200 1");
        assertThat(state().targets()).containsExactly(target(1));
    }

    @Test
    void a_split_sends_what_is_held_to_its_side_and_is_one_change() {
        traffic().hold("gateway", LONG);
        Answering held = request("anna", "");
        eventually(() -> state().held() == 1);
        long generation = state().generation();
        split(1);
        split(1);

        assertThat(answer(held)).isEqualTo("200 2");
        assertThat(state().generation()).isEqualTo(generation + 1);
    }
}
