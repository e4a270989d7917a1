package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Drain;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.MarketLimit;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.SingleActive;
import dev.pitcrew.model.Windows;
import dev.pitcrew.simulation.TestingServices;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Release NEW_FORMAT =
            TestingDesk.release("2", "orders-2", "orders-1", "orders-2");

    private final TestingDesk desk = new TestingDesk().serving(TestingDesk.ONE);

    @Test
    void what_the_old_version_can_not_read_leaves_no_way_back_and_is_said_and_approved() {
        desk.deploy("ann", "", NEW_FORMAT);

        var plan = desk.plan();

        assertThat(plan.notes())
                .containsExactly("no way back: 1 can't read orders-2, which 2 writes");
        assertThat(plan.back()).isEmpty();
        assertThat(plan.approval().isOutOfTheOrdinary()).isTrue();
        assertThat(TestingDesk.gates(plan)).doesNotContain("state");
    }

    @Test
    void what_both_read_has_a_way_back_and_a_gate_that_says_so() {
        desk.deploy("ann", "", TestingDesk.TWO);

        assertThat(desk.plan().notes()).isEmpty();
        assertThat(desk.plan().back()).isNotEmpty();
        assertThat(TestingDesk.gates(desk.plan())).contains("state");
    }

    @Test
    void a_handoff_says_beforehand_how_many_orders_it_cancels() {
        desk.with(atVenue(TestingServices.gateway()));
        desk.openOrders("gateway-1", 120).deploy("ann", "", TestingDesk.TWO);

        assertThat(desk.plan().notes())
                .containsExactly("simx cancels on disconnect: 120 open orders will be cancelled");
    }

    @Test
    void how_many_it_cancels_may_be_unknown_and_is_said_as_well() {
        desk.with(atVenue(TestingServices.gateway())).deploy("ann", "", TestingDesk.TWO);

        assertThat(desk.plan().notes())
                .containsExactly(
                        "simx cancels on disconnect: an unknown number of open orders will be cancelled");
    }

    @Test
    void who_approves_learns_that_nothing_stays_warm_where_only_a_death_fences() {
        desk.with(TestingServices.gateway(Set.of(Fence.PROCESS), OnFailure.STANDBY))
                .deploy("ann", "", TestingDesk.TWO);

        assertThat(desk.plan().notes())
                .containsExactly(
                        "the fence is process: the old instance is killed once it is passive, so the way back starts another");
    }

    @Test
    void who_approves_learns_that_clients_will_be_refused_where_nobody_can_hold_their_requests() {
        desk.behind(Environment.Balancer.HAPROXY).deploy("ann", "", TestingDesk.TWO);

        assertThat(desk.plan().notes())
                .containsExactly(
                        "while it changes hands haproxy refuses new requests with 503, and clients have to try again with the same id");
    }

    @Test
    void limits_shorter_than_an_hour_or_a_day_are_kept() {
        desk.deploy("ann", "", TestingDesk.TWO);

        var check = (Step.Check) desk.plan().forward().getFirst();

        assertThat(check.gates())
                .filteredOn(gate -> Set.of("witnessed", "killTested").contains(gate.name()))
                .extracting(Gate::limit)
                .containsExactly(0.5, 30.0 / 1440);
    }

    @Test
    void whoever_drains_by_waiting_begins_with_no_open_order_unless_a_limit_is_given() {
        desk.with(draining(DrainPolicy.WAIT)).deploy("ann", "", TestingDesk.TWO);
        assertThat(openOrdersMax(desk.plan())).contains(0.0);

        var told =
                new TestingDesk()
                        .with(TestingDesk.limits(Optional.of(500L)))
                        .serving(TestingDesk.ONE)
                        .with(draining(DrainPolicy.WAIT))
                        .deploy("ann", "", TestingDesk.TWO);
        assertThat(openOrdersMax(told.plan())).contains(500.0);

        var handing =
                new TestingDesk()
                        .serving(TestingDesk.ONE)
                        .with(draining(DrainPolicy.HAND_OVER))
                        .deploy("ann", "", TestingDesk.TWO);
        assertThat(openOrdersMax(handing.plan())).isEmpty();
    }

    @Test
    void where_windows_are_kept_the_clock_that_opens_them_is_watched() {
        assertThat(TestingDesk.gates(desk.deploy("ann", "", TestingDesk.TWO).plan()))
                .contains("window")
                .doesNotContain("clockJump");
        var weekly =
                new Windows.Weekly(
                        List.of(
                                new Windows.Window(
                                        Set.of(DayOfWeek.MONDAY),
                                        LocalTime.of(1, 0),
                                        LocalTime.of(2, 0),
                                        ZoneId.of("UTC"))));

        var other =
                new TestingDesk()
                        .with(weekly)
                        .serving(TestingDesk.ONE)
                        .deploy("ann", "", TestingDesk.TWO);

        assertThat(TestingDesk.gates(other.plan())).contains("window", "clockJump");
    }

    @Test
    void where_markets_are_kept_they_are_asked_and_the_clock_is_watched() {
        var limit =
                new MarketLimit(List.of("XNYS"), Duration.ofMinutes(15), false, Optional.empty());

        var other =
                new TestingDesk()
                        .with(TestingDesk.limits(Optional.empty(), Optional.of(limit)))
                        .serving(TestingDesk.ONE)
                        .deploy("ann", "", TestingDesk.TWO);

        assertThat(TestingDesk.gates(other.plan())).contains("market", "clockJump");
    }

    @Test
    void open_orders_are_measured_at_the_active_instance() {
        desk.with(draining(DrainPolicy.WAIT)).deploy("ann", "", TestingDesk.TWO);
        desk.openOrders("gateway-1", 3).decide();

        var course = desk.state().rollout().flatMap(Rollout::underway).orElseThrow();
        var situation =
                Situation.of(
                        draining(DrainPolicy.WAIT),
                        desk.state(),
                        desk.facts(),
                        new Terms("", new Windows.Always()));

        assertThat(Waits.course(course, situation))
                .contains("openOrders 3 open orders (at most 0 open orders, by gateway-1)");
    }

    private static Optional<Double> openOrdersMax(Plan plan) {
        return ((Step.Check) plan.forward().getFirst())
                .gates().stream()
                        .filter(gate -> gate.name().equals("openOrders"))
                        .map(Gate::limit)
                        .findFirst();
    }

    private static Service draining(DrainPolicy policy) {
        var gateway = TestingServices.gateway();
        var one = gateway.singleActive().orElseThrow();
        return with(
                gateway,
                List.of(),
                new SingleActive(
                        one.fences(),
                        new Drain(policy, one.drain().limit()),
                        one.onFailure(),
                        one.hangLimit(),
                        one.twiceWithin()));
    }

    private static Service atVenue(Service service) {
        return with(service, List.of("simx"), service.singleActive().orElseThrow());
    }

    private static Service with(Service one, List<String> venues, SingleActive single) {
        return new Service(
                one.name(),
                one.place(),
                one.role(),
                venues,
                one.command(),
                one.artifact(),
                one.configuration(),
                one.flags(),
                one.replicas(),
                one.ports(),
                one.env(),
                one.secrets(),
                one.resources(),
                Optional.of(single),
                one.probes(),
                one.hooks(),
                one.reconcile(),
                one.rollout(),
                one.objectives(),
                one.state(),
                one.versions(),
                one.restarts(),
                one.dependsOn(),
                one.owner(),
                one.container());
    }
}
