package dev.pitcrew.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.runtime.balancer.TrafficState.Mode;
import dev.pitcrew.runtime.http.Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every adapter of [Traffic] must do; run against the built-in balancer, HAProxy, nginx, and that of the tests, on which the
/// simulation stands. What depends on whether it [can hold][Traffic#canHold] is in [HoldingContract] and [RefusingContract]. The service is `gateway`, closed at first.
public abstract class TrafficContract {
    protected static final Duration LONG = Duration.ofSeconds(30);
    protected static final List<String> CLIENTS =
            IntStream.range(0, 40).mapToObj(i -> "client-" + i).toList();
    protected static final Duration SHORT = Duration.ofMillis(50);

    protected abstract Traffic traffic();

    /// The address of a target that answers each request at once with its number.
    protected abstract Address target(int number);

    /// The balancer dies.
    protected abstract void kill() throws Exception;

    /// It is begun again, with what it was told.
    protected abstract void beginAgain() throws Exception;

    /// Sends a request through the front, and doesn't wait.
    ///
    /// @return the answer once there: the status, and the number of the target when one answered, as in `200 1`
    protected final Answering request() {
        return request("", "");
    }

    /// The same of a client, by the header `X-Client`, about an order, by the query parameter `order`; empty where there is none.
    protected abstract Answering request(String client, String order);

    /// Whether a client is on the new side: the same for all balancers of a kind.
    protected boolean isCanary(String client, double share) {
        return Sides.isCanary("gateway", client, share);
    }

    /// Lets time pass until it holds, or fails.
    protected abstract void eventually(BooleanSupplier condition);

    /// The answer to a request under way; empty until it came.
    public interface Answering {
        String now();
    }

    @Test
    void without_a_target_requests_are_refused() {
        assertThat(state().mode()).isEqualTo(Mode.CLOSED);
        assertThat(answer(request())).isEqualTo("503");
    }

    @Test
    void requests_go_to_the_target() {
        traffic().route("gateway", List.of(target(1)));

        assertThat(state().mode()).isEqualTo(Mode.OPEN);
        assertThat(state().targets()).containsExactly(target(1));
        assertThat(answer(request())).isEqualTo("200 1");
    }

    @Test
    void a_request_is_refused_when_the_hold_lasts_too_long() {
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", SHORT);

        assertThat(answer(request())).isEqualTo("503");
        assertThat(state().mode()).isEqualTo(Mode.HOLD);
    }

    @Test
    void saying_the_same_twice_changes_nothing() {
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", LONG);
        long generation = state().generation();
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", LONG);

        assertThat(state().generation()).isEqualTo(generation);
        traffic().release("gateway");
        traffic().release("gateway");
        assertThat(state().generation()).isEqualTo(generation + 1);
    }

    @Test
    void an_unknown_service_is_refused() {
        assertThat(traffic().state("nobody")).isInstanceOf(TrafficAnswer.Refused.class);
        assertThat(traffic().release("nobody")).isInstanceOf(TrafficAnswer.Refused.class);
    }

    @Test
    void a_hold_has_a_limit() {
        assertThat(traffic().hold("gateway", Duration.ZERO))
                .isInstanceOf(TrafficAnswer.Refused.class);
        assertThat(traffic().hold("gateway", Duration.ofMinutes(2)))
                .isInstanceOf(TrafficAnswer.Refused.class);
    }

    @Test
    void a_balancer_that_died_says_nothing_and_comes_back_as_it_was_told() throws Exception {
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", LONG);
        eventually(() -> state().inFlight() == 0 && state().connections() == 0);
        var before = state();
        kill();

        assertThat(traffic().state("gateway")).isInstanceOf(TrafficAnswer.Unreachable.class);
        assertThat(traffic().release("gateway")).isInstanceOf(TrafficAnswer.Unreachable.class);
        beginAgain();
        assertThat(state()).isEqualTo(before);
        assertThat(route()).isEqualTo(new TrafficRoute(List.of(target(1)), true));
    }

    @Test
    void a_client_is_always_on_the_same_side_of_a_canary() {
        split(0.3);
        var first = sides();

        assertThat(sides()).isEqualTo(first);
        assertThat(Set.copyOf(first)).containsExactlyInAnyOrder("200 1", "200 2");
        assertThat(state().targets()).containsExactly(target(1), target(2));
        assertThat(route()).isEqualTo(new TrafficRoute(List.of(target(1), target(2)), false));
    }

    @Test
    void a_share_that_grows_takes_clients_and_gives_none_back() {
        List<String> before = List.of();
        for (double share : new double[] {0, 0.05, 0.25, 0.5, 0.9, 1}) {
            split(share);
            var now = sides();
            for (int i = 0; i < before.size(); i++) {
                assertThat(before.get(i).equals("200 2") && now.get(i).equals("200 1"))
                        .as("client %d at %s", i, share)
                        .isFalse();
            }
            before = now;
        }

        assertThat(before).containsOnly("200 2");
    }

    @Test
    void the_sides_outlive_the_balancer_and_are_those_of_every_other_one() throws Exception {
        split(0.5);
        var before = sides();
        kill();
        beginAgain();

        assertThat(sides()).isEqualTo(before);
        assertThat(before)
                .isEqualTo(
                        CLIENTS.stream()
                                .map(one -> isCanary(one, 0.5) ? "200 2" : "200 1")
                                .toList());
    }

    @Test
    void whoever_has_no_key_is_on_the_old_side() {
        split(0.99);

        assertThat(answer(request())).isEqualTo("200 1");
    }

    @Test
    void what_is_about_an_order_goes_to_its_owner_wherever_new_orders_go() {
        split(1);

        assertThat(answer(request("anna", ""))).isEqualTo("200 2");
        assertThat(answer(request("anna", "gateway-1.17"))).isEqualTo("200 1");
        assertThat(answer(request("anna", "gateway-3.4"))).isEqualTo("200 3");
        assertThat(answer(request("anna", "nobody-9.1"))).isEqualTo("200 2");
        assertThat(answer(request("anna", "no id of ours"))).isEqualTo("200 2");
    }

    /// The first target is old, the second a canary, and the third gets nothing new.
    protected final void split(double share) {
        traffic()
                .split(
                        "gateway",
                        new TrafficSplit(
                                List.of(target(1)),
                                List.of(target(2)),
                                new Fraction(share),
                                new Sticky(
                                        new Sticky.Part.Header("X-Client"),
                                        Optional.of(new Sticky.Part.Query("order"))),
                                Map.of(
                                        "gateway-1", target(1),
                                        "gateway-2", target(2),
                                        "gateway-3", target(3))));
    }

    protected final List<String> sides() {
        return CLIENTS.stream().map(one -> answer(request(one, ""))).toList();
    }

    /// As one look at all services tells it.
    protected final TrafficRoute route() {
        return Objects.requireNonNull(traffic().routes().orElseThrow().get("gateway"));
    }

    protected final TrafficState state() {
        return ((TrafficAnswer.Stands) traffic().state("gateway")).state();
    }

    protected final String answer(Answering request) {
        eventually(() -> !request.now().isEmpty());
        return request.now();
    }
}
