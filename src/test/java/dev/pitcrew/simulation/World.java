package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Release;
import dev.pitcrew.model.Hook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Token;
import dev.pitcrew.runtime.balancer.TestingTraffic;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.HookAnswer;
import dev.pitcrew.runtime.http.HookCall;
import dev.pitcrew.runtime.http.Instance;
import dev.pitcrew.runtime.http.TestingHooks;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.Started;
import dev.pitcrew.runtime.process.TestingProcesses;
import dev.pitcrew.runtime.process.TestingProcesses.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The desk as it really is: processes, a balancer and hooks, which are those of the tests and so under the same contracts as the real ones,
/// tokens that services remember, orders, and a venue.
final class World {
    private static final Path HERE = Path.of(".");
    private static final Duration HOOK_LIMIT = Duration.ofSeconds(1);
    private static final Duration HOLD = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final String STILLBORN = "stillborn"; // a program that can't be run
    private static final int FIRST_PORT = 20_001;
    private static final long AGAIN_MILLIS = 50; // a paused process goes on where it was

    /// Where the balancer sends one service's requests.
    static final class FakeRoute {
        final List<String> targets;
        final boolean isHolding;

        FakeRoute(List<String> targets, boolean isHolding) {
            this.targets = targets;
            this.isHolding = isHolding;
        }
    }

    final Map<String, FakeInstance> instances = new TreeMap<>();
    private final Map<String, Map<String, FakeInstance>> ofService = new HashMap<>();
    final FakeOrders orders = new FakeOrders();
    Instant unreachableUntil = Instant.MIN;
    Instant balancerDownUntil = Instant.MIN;
    Instant booksDifferUntil = Instant.MIN;
    Instant windowShutUntil = Instant.MIN;
    Instant diskFullUntil = Instant.MIN;
    private final Map<String, FakeService> services = new HashMap<>();
    private final Map<Address, String> names = new HashMap<>();
    private final Schedule schedule;
    private final Chance chance;
    private final TestingProcesses processes;
    private final TestingTraffic traffic;
    private final TestingHooks hooks = new TestingHooks();
    private final Clients clients;

    World(Schedule schedule, Chance chance, List<String> services) {
        this.schedule = schedule;
        this.chance = chance;
        processes = new TestingProcesses(schedule::now, this::program);
        traffic = new TestingTraffic(schedule::now, services);
        clients = new Clients(schedule, traffic, orders, this::isHolding, this::arrived);
        var _ = processes.watch((name, _) -> died(name));
    }

    static Release release(String version) {
        return new Release(
                version,
                "digest-of-" + version,
                "configuration-of-" + version,
                "",
                new StateFormats("orders-1", Set.of("orders-1")));
    }

    FakeInstance instance(String name) {
        return Objects.requireNonNull(instances.get(name), name);
    }

    /// All that ever ran of a service, by name.
    Collection<FakeInstance> instancesOf(String service) {
        return ofService.getOrDefault(service, Map.of()).values();
    }

    boolean isHostReachable() {
        return !isBefore(unreachableUntil);
    }

    Instant now() {
        return schedule.now();
    }

    /// Whether that is still to come.
    boolean isBefore(Instant end) {
        return schedule.now().isBefore(end);
    }

    FakeService service(String name) {
        return services.computeIfAbsent(name, _ -> new FakeService(new Deeds()));
    }

    /// The highest token that a service remembers.
    long token(String service) {
        return service(service).highest;
    }

    /// Whatever passes by itself is over.
    void heal() {
        unreachableUntil = Instant.MIN;
        balancerDownUntil = Instant.MIN;
        booksDifferUntil = Instant.MIN;
        windowShutUntil = Instant.MIN;
        diskFullUntil = Instant.MIN;
    }

    FakeRoute route(String service) {
        var route = traffic.routeOf(service);
        return new FakeRoute(
                route.targets().stream()
                        .map(address -> Objects.requireNonNull(names.get(address)))
                        .toList(),
                route.isHeld());
    }

    boolean isHolding(String service) {
        return traffic.isHolding(service);
    }

    TestingHooks hooks() {
        return hooks;
    }

    TestingTraffic traffic() {
        return traffic;
    }

    /// What befell instances, host and balancer, also by a test's hand, reaches the ports; and what was held too long is let go.
    void settle() {
        for (var one : instances.values()) {
            if (one.isAlive != one.wasAlive || one.isPaused != one.wasPaused) {
                befall(one);
            }
        }
        processes.cutOff(!isHostReachable());
        traffic.down(isBefore(balancerDownUntil));
        traffic.tick();
    }

    private void befall(FakeInstance one) {
        one.wasAlive = one.isAlive;
        one.wasPaused = one.isPaused;
        if (!one.isAlive) {
            processes.die(one.name, 137);
        } else if (one.isPaused) {
            processes.freeze(one.name);
        } else {
            processes.thaw(one.name);
        }
    }

    ProcessState process(String name) {
        return processes.state(name);
    }

    Started start(String service, String name, String version, boolean isStillborn) {
        settle();
        var started = processes.start(spec(service, name, version, isStillborn));
        if (started instanceof Started.Runs(_, _, var already) && !already) {
            var address =
                    instances.containsKey(name)
                            ? instance(name).address
                            : Address.local(FIRST_PORT + names.size());
            var differs = chance.strikes(Fault.CONFIGURATION_DIFFERS, 12);
            var warm = Duration.ofMillis(300 + chance.below(900));
            var instance =
                    new FakeInstance(
                            name,
                            service,
                            version,
                            differs ? "another-configuration" : "configuration-of-" + version,
                            address,
                            schedule.now().plus(warm));
            names.put(address, name);
            instances.put(name, instance);
            ofService.computeIfAbsent(service, _ -> new TreeMap<>()).put(name, instance);
            hooks.answer(name, call -> answer(instance, call));
            processes.tick(); // a program that can't be run has ended already
        }
        return started;
    }

    private ProcessSpec spec(String service, String name, String version, boolean isStillborn) {
        return new ProcessSpec(
                name,
                service,
                version,
                List.of(isStillborn ? STILLBORN : "run"),
                Map.of(),
                HERE,
                HERE,
                Map.of());
    }

    private Program program(ProcessSpec spec) {
        if (spec.argv().contains(STILLBORN)) {
            return new Program(Optional.of(Duration.ZERO), 127, true);
        }
        if (!spec.version().endsWith("crashes")) {
            return Program.service();
        }
        var life = Duration.ofMillis(800 + chance.below(3900));
        schedule.after(life, processes::tick);
        return new Program(Optional.of(life), 1, true);
    }

    ProcessState stop(String name) {
        settle();
        wanted(name);
        return processes.stop(name, GRACE);
    }

    ProcessState kill(String name) {
        settle();
        wanted(name);
        return processes.kill(name);
    }

    private void wanted(String name) {
        if (instances.containsKey(name) && isHostReachable()) {
            instance(name).isEnded = true;
        }
    }

    private void died(String name) {
        var instance = instances.get(name);
        if (instance != null) {
            instance.isAlive = false;
            schedule.afterMillis(2, () -> orders.venue.logout(name)); // what was sent still arrives
        }
    }

    HookAnswer hook(String name, HookName hook, Token token, String course) {
        settle();
        var instance = instances.get(name);
        if (instance == null) {
            return new HookAnswer.Unreachable("nobody knows where " + name + " listens");
        }
        var http = new Instance(name, instance.address, Map.of(), Map.of(), HERE);
        var how = new Hook.HttpHook("/hooks/" + hook.key(), HOOK_LIMIT);
        return hooks.call(new HookCall(http, hook, how, token, course));
    }

    private HookAnswer answer(FakeInstance instance, HookCall call) {
        if (!isHostReachable()) {
            return new HookAnswer.Unreachable("the host does not answer");
        }
        if (!instance.isAlive) {
            return new HookAnswer.Unreachable("no connection");
        }
        return instance.isPaused
                ? new HookAnswer.TimedOut()
                : service(instance.service).answer(instance, call);
    }

    /// The addresses of instances; empty when one is unknown.
    Optional<List<Address>> addresses(List<String> targets) {
        return targets.stream().allMatch(instances::containsKey)
                ? Optional.of(targets.stream().map(one -> instance(one).address).toList())
                : Optional.empty();
    }

    /// Somebody stops all order flow of a service, without asking anybody.
    void killFlow(String service) {
        service(service).isKilled = true;
        instances.values().stream()
                .filter(one -> one.service.equals(service) && one.isAlive)
                .forEach(this::deactivate);
    }

    /// One client's order arrives at the balancer.
    void submit(String service, int id) {
        settle();
        clients.order(service, id);
    }

    private void arrived(Clients.Request request, Address address) {
        var target = instance(Objects.requireNonNull(names.get(address)));
        if (request.wasHeld && !request.isOver) {
            Invariant.HELD_ARE_DELIVERED.require(
                    target.accepts()
                            || !target.answers()
                            || target.isLapsed
                            || service(target.service).isKilled // and so refuses, as it has to
                            || chance.hasStruck(Invariants.MISLEADING, Invariants.MISLED),
                    "request %d was held, and let go to %s, which does not take it",
                    request.id,
                    target.name);
        }
        take(request, target);
    }

    private void take(Clients.Request request, FakeInstance target) {
        if (!target.isAlive) {
            return; // its client gets no answer
        }
        if (target.isPaused) {
            schedule.afterMillis(AGAIN_MILLIS, () -> take(request, target));
            return;
        }
        if (!target.accepts()) {
            return; // and nothing is stored
        }
        request.isOver = true;
        if (orders.store(request.id, target.name)) {
            schedule.afterMillis(2, () -> send(orders.get(request.id), target));
        }
    }

    /// The conditional write comes first: an instance that is active no more sends nothing.
    private void send(FakeOrders.Order order, FakeInstance target) {
        if (target.isPaused && target.isAlive) {
            schedule.afterMillis(AGAIN_MILLIS, () -> send(order, target));
        } else if (target.accepts()
                && order.fate == FakeOrders.Fate.STORED
                && target.token == token(target.service)) {
            orders.send(order, target.name);
            schedule.afterMillis(1, () -> wire(order, target));
        }
    }

    private void wire(FakeOrders.Order order, FakeInstance target) {
        if (target.isPaused && target.isAlive) {
            schedule.afterMillis(AGAIN_MILLIS, () -> wire(order, target));
        } else if (orders.venue.receive(order.id, target.name)) {
            Invariant.ONE_FATE.require(
                    order.fate != FakeOrders.Fate.RETURNED,
                    "order %d was returned to its client, and sent",
                    order.id);
            schedule.afterMillis(4, () -> answered(order, target));
        }
    }

    private void answered(FakeOrders.Order order, FakeInstance target) {
        if (target.isPaused && target.isAlive) {
            schedule.afterMillis(AGAIN_MILLIS, () -> answered(order, target));
        } else if (target.isAlive && order.fate == FakeOrders.Fate.SENT) {
            orders.answer(order);
        }
    }

    private void deactivate(FakeInstance instance) {
        instance.isActive = false;
        instance.isDraining = false;
        orders.venue.logout(instance.name);
    }

    /// It gives up its place although nobody told it to.
    void lapse(FakeInstance instance) {
        instance.isLapsed = true;
        deactivate(instance);
    }

    /// Somebody has the balancer send a service's requests to one of its instances, whatever became of that.
    ///
    /// @return whether they went elsewhere before
    boolean misroute(FakeInstance to) {
        var there = List.of(to.address);
        var isOther = !traffic.routeOf(to.service).targets().equals(there);
        return isOther && traffic.route(to.service, there) instanceof TrafficAnswer.Stands;
    }

    /// Somebody has the balancer hold a service's requests.
    ///
    /// @return whether they were not held before
    boolean park(String service) {
        var isOther = !isHolding(service);
        return isOther && traffic.hold(service, HOLD) instanceof TrafficAnswer.Stands;
    }

    private void activate(FakeInstance instance) {
        if (!instance.isAlive
                || instance.token != token(instance.service)
                || service(instance.service).isKilled) {
            return;
        }
        if (instance.isPaused) {
            schedule.afterMillis(AGAIN_MILLIS, () -> activate(instance));
            return;
        }
        if (instance.service.equals("gateway")) {
            orders.venue.logon(instance.name);
            orders.reconcile();
        }
        instance.isDraining = false;
        instance.isLapsed = false;
        instance.isActive = true;
    }

    private final class Deeds implements FakeService.Deeds {
        @Override
        public void activate(FakeInstance instance) {
            schedule.afterMillis(30, () -> World.this.activate(instance));
        }

        @Override
        public void deactivate(FakeInstance instance) {
            World.this.deactivate(instance);
        }
    }
}
