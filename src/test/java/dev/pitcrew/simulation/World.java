package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.runtime.Performer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// The desk as it really is: processes, the balancer, tokens that services remember, orders. It performs effects, and fails to.
final class World implements Performer {
    /// Where the balancer sends one service's requests.
    static final class FakeRoute {
        List<String> targets = List.of();
        boolean isHolding;
        long latest; // order to the balancer that was obeyed
        Instant holdUntil = Instant.MIN;
        final List<Integer> held = new ArrayList<>();
    }

    final Map<String, FakeInstance> instances = new TreeMap<>();
    final Map<String, FakeRoute> routes = new HashMap<>();
    final Map<String, Long> tokens = new HashMap<>(); // remembered durably by each service
    final FakeOrders orders = new FakeOrders();
    Instant unreachableUntil = Instant.MIN;
    private final Schedule schedule;
    private final Chance chance;
    private long performed;

    World(Schedule schedule, Chance chance) {
        this.schedule = schedule;
        this.chance = chance;
    }

    static Release release(String version) {
        return new Release(
                version,
                "digest-of-" + version,
                "",
                "",
                new StateFormats("orders-1", Set.of("orders-1")));
    }

    FakeInstance instance(String name) {
        return Objects.requireNonNull(instances.get(name), name);
    }

    boolean isHostReachable() {
        return !schedule.now().isBefore(unreachableUntil);
    }

    FakeRoute route(String service) {
        return routes.computeIfAbsent(service, _ -> new FakeRoute());
    }

    @Override
    public void perform(String service, String course, Effect effect, Outcome outcome) {
        var told = new Once(outcome);
        if (chance.strikes(Fault.EFFECT_FAILS_BEFORE, 12)) {
            schedule.afterMillis(20, () -> told.failed("the network ate it"));
            return;
        }
        long delay = 1L + chance.below(15);
        if (chance.strikes(Fault.EFFECT_DELAYED, 12)) {
            delay = 1500; // longer than the caller waits
            schedule.afterMillis(1000, () -> told.failed("no answer in time"));
        }
        var number = ++performed;
        var failsAfter = chance.strikes(Fault.EFFECT_FAILS_AFTER, 12);
        var lies =
                isHook(effect)
                        && chance.strikes(
                                Fault.EFFECT_LIES, effect instanceof Effect.Activate ? 3 : 12);
        schedule.afterMillis(
                delay,
                () -> {
                    if (lies) {
                        told.confirmed("done, it says");
                        return;
                    }
                    if (effect instanceof Effect.Start && told.isTold) {
                        return; // a start that was given up is withdrawn, and starts nothing later
                    }
                    var refusal =
                            isOvertaken(service, effect, number) ? "" : apply(service, effect);
                    if (failsAfter) {
                        told.failed("the answer was lost");
                    } else if (refusal.isEmpty()) {
                        told.confirmed("done");
                    } else {
                        told.failed(refusal);
                    }
                });
        if (isHook(effect) && chance.strikes(Fault.EFFECT_REPEATED_LATE, 8)) {
            schedule.afterMillis(delay + chance.below(3000), () -> apply(service, effect));
        }
    }

    /// Orders to the balancer go over loopback to one process, so one that is late never comes after a later one.
    private boolean isOvertaken(String service, Effect effect, long number) {
        if (!(effect instanceof Effect.Hold
                || effect instanceof Effect.Route
                || effect instanceof Effect.RouteBack)) {
            return false;
        }
        var route = route(service);
        route.latest = Math.max(route.latest, number);
        return number < route.latest;
    }

    private static boolean isHook(Effect effect) {
        return effect instanceof Effect.Drain
                || effect instanceof Effect.Activate
                || effect instanceof Effect.Deactivate;
    }

    /// Does it.
    ///
    /// @return why it was refused; empty when it was done
    private String apply(String service, Effect effect) {
        return switch (effect) {
            case Effect.Start(var name, var version) -> start(service, name, version);
            case Effect.StartActive(var name, var version) -> {
                var refusal = start(service, name, version);
                instances.computeIfPresent(name, (_, one) -> one.withActive());
                yield refusal;
            }
            case Effect.Stop(var name) -> end(name);
            case Effect.Kill(var name) -> end(name);
            case Effect.Hold(var limit) -> hold(service, limit);
            case Effect.Route(var targets) -> route(service, targets);
            case Effect.RouteBack(var targets) -> route(service, targets);
            case Effect.Drain(var name, var token, _) ->
                    hook(
                            service,
                            name,
                            token.value(),
                            one -> one.isDraining = !one.behaves("no-drain"));
            case Effect.Deactivate(var name, var token) ->
                    hook(service, name, token.value(), this::deactivate);
            case Effect.Activate(var name, var token) -> activate(service, name, token.value());
            case Effect.Rearm(var name, var token) -> hook(service, name, token.value(), _ -> {});
        };
    }

    private String start(String service, String name, String version) {
        if (!isHostReachable()) {
            return "the host does not answer";
        }
        if (!instances.containsKey(name)) {
            var warm = Duration.ofMillis(300 + chance.below(900));
            var instance = new FakeInstance(name, service, version, schedule.now().plus(warm));
            instances.put(name, instance);
            if (instance.behaves("crashes")) {
                schedule.afterMillis(
                        warm.toMillis() + 500 + chance.below(3000), () -> instance.isAlive = false);
            }
        }
        return "";
    }

    private String end(String name) {
        if (!isHostReachable()) {
            return "the host does not answer";
        }
        var instance = instances.get(name);
        if (instance != null) {
            instance.isAlive = false;
        }
        return "";
    }

    private String hold(String service, Duration limit) {
        var route = route(service);
        route.isHolding = true;
        route.holdUntil = schedule.now().plus(limit);
        return "";
    }

    private String route(String service, List<String> targets) {
        var route = route(service);
        route.targets = targets;
        route.isHolding = false;
        var waiting = List.copyOf(route.held);
        route.held.clear();
        waiting.forEach(id -> deliver(service, id));
        return "";
    }

    /// One client's order arrives at the balancer.
    void submit(String service, int id) {
        orders.submitted++;
        var route = route(service);
        if (!route.isHolding) {
            deliver(service, id);
            return;
        }
        orders.held++;
        route.held.add(id);
        schedule.after(
                Duration.ofSeconds(3),
                () -> {
                    if (route.held.remove(Integer.valueOf(id))) {
                        orders.answered++; // 503 with Retry-After
                    }
                });
    }

    private void deliver(String service, int id) {
        orders.answered++;
        var target = route(service).targets.stream().map(instances::get).findFirst().orElse(null);
        if (target == null || !target.accepts()) {
            return; // 503
        }
        orders.acknowledge(id, target.name);
        schedule.afterMillis(
                2,
                () -> {
                    var order = orders.get(id);
                    // The conditional write: an instance that is active no more sends nothing.
                    if (target.accepts()
                            && order.fate == FakeOrders.Fate.STORED
                            && target.token == tokens.getOrDefault(service, 0L)) {
                        orders.send(order);
                        schedule.afterMillis(
                                5,
                                () -> {
                                    if (target.answers() && order.fate == FakeOrders.Fate.SENT) {
                                        orders.answer(order);
                                    }
                                });
                    }
                });
    }

    private String hook(
            String service,
            String name,
            long token,
            java.util.function.Consumer<FakeInstance> what) {
        var instance = instances.get(name);
        if (instance == null || !instance.answers() || !isHostReachable()) {
            return "no answer";
        }
        if (token < tokens.getOrDefault(service, 0L)) {
            return "older token, the highest is " + tokens.get(service);
        }
        what.accept(instance);
        tokens.merge(service, token, Math::max); // remembered before it answers, whatever the hook
        return "";
    }

    private void deactivate(FakeInstance instance) {
        instance.isActive = false;
        instance.isDraining = false;
    }

    private String activate(String service, String name, long token) {
        return hook(
                service,
                name,
                token,
                instance -> {
                    var highest = tokens.getOrDefault(service, 0L);
                    if (token == highest) {
                        return; // the very token of the last activation: nothing to do, and nothing
                        // to begin again
                    }
                    tokens.put(service, token);
                    if (token < highest) {
                        throw new InvariantBroken(
                                "token %d came after %d".formatted(token, highest));
                    }
                    instance.token = token;
                    schedule.afterMillis(
                            30,
                            () -> {
                                if (instance.answers()
                                        && instance.token == tokens.getOrDefault(service, 0L)) {
                                    orders.reconcile();
                                    instance.isDraining = false;
                                    instance.isActive = true;
                                }
                            });
                });
    }

    private static final class Once implements Outcome {
        private final Outcome outcome;
        private boolean isTold;

        Once(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public void confirmed(String detail) {
            if (!isTold) {
                isTold = true;
                outcome.confirmed(detail);
            }
        }

        @Override
        public void failed(String reason) {
            if (!isTold) {
                isTold = true;
                outcome.failed(reason);
            }
        }
    }
}
