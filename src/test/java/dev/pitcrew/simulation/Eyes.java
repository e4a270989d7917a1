package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Books;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Gate;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Spell;
import dev.pitcrew.deploy.TrafficFacts;
import dev.pitcrew.model.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a controller sees of the world: late, with gaps, and only of what it looks at.
final class Eyes {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final World world;
    private final Chance chance;
    private final Map<String, InstanceFacts> seen = new HashMap<>();
    private final Map<String, Instant> lookedAt = new HashMap<>();

    Eyes(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    Facts look(Desk desk, Instant now) {
        world.settle();
        for (var state : desk.services().values()) {
            var starting = starting(state);
            for (var name : state.roster().instances().keySet()) {
                var before = seen.getOrDefault(name, InstanceFacts.UNKNOWN);
                var processed = withProcess(before, name, starting.contains(name), now);
                seen.put(name, isDue(name, now) ? probed(processed, name, now) : processed);
            }
        }
        return new Facts(
                now,
                seen,
                Map.of("gateway", new Observed<>(books(), now)),
                traffic(desk, now),
                measures(world, desk, now),
                new Observed<>(unlisted(desk), now));
    }

    private Map<String, List<String>> unlisted(Desk desk) {
        var unlisted = new HashMap<String, List<String>>();
        for (var one : world.instances.values()) {
            if (one.isAlive
                    && !desk.service(one.service).roster().instances().containsKey(one.name)) {
                unlisted.computeIfAbsent(one.service, _ -> new ArrayList<>()).add(one.name);
            }
        }
        return unlisted;
    }

    private static Map<String, Observed<Gate.Measure>> measures(
            World world, Desk desk, Instant now) {
        return Map.of(
                "window", measure(world.isBefore(world.windowShutUntil) ? 0 : 1, now),
                "freeze", measure(desk.freeze().isPresent() ? 1 : 0, now),
                "reconciliation/gateway",
                        measure(world.isBefore(world.booksDifferUntil) ? 1 : 0, now),
                "disk", measure(world.isBefore(world.diskFullUntil) ? 0 : 1_000_000, now));
    }

    private static Observed<Gate.Measure> measure(double number, Instant now) {
        return new Observed<>(new Gate.Measure(number, "simulation"), now);
    }

    /// Two accounts that nobody copied from each other: the store's and the venue's.
    private Books books() {
        var missed = world.isBefore(world.booksDifferUntil) ? 1 : 0;
        return new Books(
                Map.of("AAA", new Books.Holding(world.orders.open(), 0)),
                Map.of("AAA", new Books.Holding(world.orders.venue.open() + missed, 0)));
    }

    private Map<String, Observed<TrafficFacts>> traffic(Desk desk, Instant now) {
        var traffic = new HashMap<String, Observed<TrafficFacts>>();
        for (var name : desk.services().keySet()) {
            var route = world.route(name);
            traffic.put(
                    name, new Observed<>(new TrafficFacts(route.targets, route.isHolding), now));
        }
        return traffic;
    }

    private boolean isDue(String name, Instant now) {
        if (lookedAt.getOrDefault(name, Instant.MIN).isAfter(now.minus(EVERY))) {
            return false;
        }
        lookedAt.put(name, now);
        return true;
    }

    /// As the observer does: until a start has come to something, nothing is said of a process that is not there.
    private static Set<String> starting(ServiceState state) {
        if (state.keep().mend().isEmpty() && !state.isChanging()) {
            return Set.of();
        }
        var starting = new HashSet<String>();
        state.courses()
                .flatMap(course -> course.outstanding().stream())
                .forEach(
                        effect -> {
                            switch (effect) {
                                case Effect.Start(var started, _) -> starting.add(started);
                                case Effect.StartActive(var started, _) -> starting.add(started);
                                default -> {} // starts nobody
                            }
                        });
        return starting;
    }

    private InstanceFacts withProcess(
            InstanceFacts facts, String name, boolean isStarting, Instant now) {
        var state =
                switch (world.process(name)) {
                    case dev.pitcrew.runtime.process.ProcessState.Running _ -> ProcessState.RUNNING;
                    case dev.pitcrew.runtime.process.ProcessState.Unknown _ ->
                            ProcessState.UNREACHABLE;
                    case dev.pitcrew.runtime.process.ProcessState.Exited _,
                            dev.pitcrew.runtime.process.ProcessState.Gone _ ->
                            isStarting ? ProcessState.RUNNING : ProcessState.DEAD;
                };
        return new InstanceFacts(
                new Observed<>(state, now),
                facts.silence(),
                facts.passivity(),
                facts.ready(),
                facts.active(),
                facts.token(),
                facts.binary(),
                facts.configuration(),
                facts.flags(),
                facts.session(),
                facts.unanswered(),
                facts.inDoubt(),
                facts.openOrders(),
                facts.killed(),
                facts.feedAgeMillis(),
                facts.requests(),
                facts.errors(),
                facts.slow(),
                facts.duplicates());
    }

    private InstanceFacts probed(InstanceFacts before, String name, Instant now) {
        var instance = world.instances.get(name);
        if (instance == null
                || !instance.answers()
                || !world.isHostReachable()
                || chance.strikes(Fault.PROBE_LOST, 40)) {
            return silent(before, now);
        }
        var isReady = instance.isReady(world.now());
        var digest =
                instance.behaves("wrong-digest")
                        ? "something-else"
                        : "digest-of-" + instance.version;
        var saysActive = instance.isActive || instance.behaves("starts-active");
        var requests = isReady && !instance.behaves("unused") ? 1000L : 0L;
        return new InstanceFacts(
                before.process(),
                Optional.empty(),
                saysActive ? Optional.empty() : Optional.of(Spell.of(before.passivity(), now)),
                seen(isReady, now),
                seen(saysActive, now),
                seen(world.token(instance.service), now),
                seen(digest, now),
                seen(instance.configuration, now),
                before.flags(),
                seen(instance.isActive, now),
                seen(instance.behaves("no-drain") ? 3L : world.orders.owed(name), now),
                seen(instance.isActive ? 0L : world.orders.inDoubt(), now),
                seen(world.orders.open(), now),
                seen(world.service(instance.service).isKilled, now),
                before.feedAgeMillis(),
                seen(requests, now),
                seen(rejected(instance), now),
                seen(instance.behaves("slow") ? 50L : 0L, now),
                seen(duplicates(instance), now));
    }

    /// Whoever gets orders sends some of them twice.
    private static long duplicates(FakeInstance instance) {
        var isServing = instance.isActive || instance.service.equals("prices");
        return isServing && instance.behaves("duplicates") ? 3 : 0;
    }

    private static long rejected(FakeInstance instance) {
        return instance.behaves("storm") ? 900 : instance.behaves("rejects") ? 30 : 0;
    }

    private static <T> Observed<T> seen(T value, Instant now) {
        return new Observed<>(value, now);
    }

    private static InstanceFacts silent(InstanceFacts facts, Instant now) {
        return new InstanceFacts(
                facts.process(),
                Optional.of(Spell.of(facts.silence(), now)),
                facts.passivity(),
                facts.ready(),
                facts.active(),
                facts.token(),
                facts.binary(),
                facts.configuration(),
                facts.flags(),
                facts.session(),
                facts.unanswered(),
                facts.inDoubt(),
                facts.openOrders(),
                facts.killed(),
                facts.feedAgeMillis(),
                facts.requests(),
                facts.errors(),
                facts.slow(),
                facts.duplicates());
    }
}
