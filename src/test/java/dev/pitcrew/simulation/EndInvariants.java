package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Strategies;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What must hold once nothing has gone wrong for long enough.
record EndInvariants(World world) {

    void check(Desk desk, TradingSystem system) {
        for (var service : system.services()) {
            var state = desk.service(service.name());
            state.rollout()
                    .ifPresent(
                            one ->
                                    Invariant.EVERYTHING_ENDS.require(
                                            one instanceof Rollout.Over,
                                            "%s never ended: %s",
                                            one.id(),
                                            one));
            Invariant.EVERYTHING_ENDS.require(
                    state.keep().mend().isEmpty(), "a mend never ended: %s", state.keep().mend());
            if (state.keep().isHalted() && !state.isKilled()) {
                checkHalted(service);
            }
            if (state.keep().stuck().isEmpty() && !isStuck(state) && !state.isKilled()) {
                checkServes(state, service);
            }
        }
        Invariant.HELD_ARE_DELIVERED.require(
                world.orders.answered == world.orders.submitted,
                "%d requests were never answered",
                world.orders.submitted - world.orders.answered);
    }

    /// While a person is needed nothing sends.
    private void checkHalted(Service service) {
        if (service.singleActive().isEmpty()) {
            return;
        }
        for (var instance : world.instances.values()) {
            Invariant.HALTED_IS_SILENT.require(
                    !instance.service.equals(service.name())
                            || !instance.isAlive
                            || !instance.isActive,
                    "%s may send, and %s is stuck",
                    instance.name,
                    service.name());
        }
        Invariant.HALTED_IS_SILENT.require(
                !service.takesTraffic() || world.isHolding(service.name()),
                "new orders of %s are not held, and it is stuck",
                service.name());
    }

    private static boolean isStuck(ServiceState state) {
        return state.rollout()
                .filter(one -> one instanceof Rollout.Over over && over.outcome() == Outcome.STUCK)
                .isPresent();
    }

    private void checkServes(ServiceState state, Service service) {
        var living =
                world.instances.values().stream()
                        .filter(one -> one.isAlive && one.service.equals(service.name()))
                        .toList();
        if (state.keep().approved().isEmpty()) {
            Invariant.WAY_BACK_IS_WHOLE.require(
                    living.isEmpty(), "nothing is approved, and there are %s", names(living));
            return;
        }
        var approved = state.keep().approved().get().version();
        if (service.singleActive().isPresent()) {
            checkActive(state, service, approved);
        }
        if (service.takesTraffic()) {
            checkTraffic(state, service);
        }
        if (Strategies.isOfMany(service)) {
            checkAll(state, service, living);
        }
        if (service.name().equals("gateway")) {
            world.orders.checkFates();
        }
        var count = living.stream().filter(one -> one.version.equals(approved)).count();
        Invariant.SERVED_AS_APPROVED.require(
                count == service.replicas(),
                "%d of %d run of %s",
                count,
                service.replicas(),
                service.name());
        var others = living.stream().filter(one -> !one.version.equals(approved)).toList();
        Invariant.WAY_BACK_IS_WHOLE.require(
                others.size() <= keptWarm(service)
                        && others.stream()
                                .allMatch(
                                        one ->
                                                state.keep()
                                                        .lastGood()
                                                        .filter(
                                                                last ->
                                                                        last.version()
                                                                                .equals(
                                                                                        one.version))
                                                        .isPresent()),
                "%s is approved for %s, and there are %s",
                approved,
                service.name(),
                names(others));
    }

    /// Where the way back is a switch, all of them.
    private static int keptWarm(Service service) {
        return service.rollout().strategy() == StrategyName.BLUE_GREEN ? service.replicas() : 1;
    }

    private void checkActive(ServiceState state, Service service, String approved) {
        var name = state.roster().active();
        var active = name.map(world.instances::get);
        Invariant.SERVED_AS_APPROVED.require(
                active.filter(FakeInstance::accepts).isPresent(),
                "%s is not served: %s",
                service.name(),
                name);
        Invariant.SERVED_AS_APPROVED.require(
                active.get().version.equals(approved),
                "%s serves %s, approved is %s",
                service.name(),
                active.get().version,
                approved);
        Invariant.TOKENS_GROW.require(
                active.get().token == state.roster().token().value(),
                "%s serves under token %d, the newest is %s",
                service.name(),
                active.get().token,
                state.roster().token());
    }

    private void checkTraffic(ServiceState state, Service service) {
        var route = world.route(service.name());
        Invariant.SERVED_AS_APPROVED.require(
                !route.isHolding, "new orders of %s are held for ever", service.name());
        var active = state.roster().active();
        Invariant.SERVED_AS_APPROVED.require(
                service.singleActive().isPresent()
                        ? route.targets.equals(active.stream().toList())
                        : !route.targets.isEmpty()
                                && route.targets.stream()
                                        .map(world::instance)
                                        .allMatch(one -> one.isReady(world.now())),
                "traffic of %s goes to %s, active is %s",
                service.name(),
                route.targets,
                active);
    }

    /// Traffic goes to all that serve, and to nobody else.
    private void checkAll(ServiceState state, Service service, List<FakeInstance> living) {
        var approved = state.keep().approved().get().version();
        Invariant.SERVED_AS_APPROVED.require(
                living.stream()
                        .filter(one -> one.version.equals(approved))
                        .map(one -> one.name)
                        .collect(Collectors.toSet())
                        .equals(Set.copyOf(world.route(service.name()).targets)),
                "traffic of %s goes to %s, and there are %s",
                service.name(),
                world.route(service.name()).targets,
                names(living));
    }

    private static List<String> names(List<FakeInstance> instances) {
        return instances.stream().map(one -> one.name + " of " + one.version).toList();
    }
}
