package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Books;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Gate;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Silence;
import dev.pitcrew.model.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
        for (var state : desk.services().values()) {
            for (var name : state.roster().instances().keySet()) {
                var before = seen.getOrDefault(name, InstanceFacts.UNKNOWN);
                var processed = withProcess(before, name, isStarting(state, name), now);
                seen.put(name, isDue(name, now) ? probed(processed, name, now) : processed);
            }
        }
        var measures = new HashMap<String, Observed<Gate.Measure>>();
        measures.put("window", new Observed<>(new Gate.Measure(1, "simulation"), now));
        measures.put(
                "freeze",
                new Observed<>(
                        new Gate.Measure(desk.freeze().isPresent() ? 1 : 0, "simulation"), now));
        measures.put(
                "reconciliation/gateway", new Observed<>(new Gate.Measure(0, "simulation"), now));
        measures.put("disk", new Observed<>(new Gate.Measure(1, "simulation"), now));
        var books =
                new Books(
                        Map.of("AAA", new Books.Holding(world.orders.open(), 0)),
                        Map.of("AAA", new Books.Holding(world.orders.open(), 0)));
        var holding = new HashMap<String, Observed<Boolean>>();
        world.routes.forEach(
                (service, route) -> holding.put(service, new Observed<>(route.isHolding, now)));
        return new Facts(
                now,
                seen,
                Map.of("gateway", new Observed<>(books, now)),
                holding,
                measures,
                new Observed<>(unlisted(desk), now));
    }

    private Map<String, List<String>> unlisted(Desk desk) {
        return world.instances.values().stream()
                .filter(one -> one.isAlive)
                .filter(one -> desk.service(one.service).roster().versionOf(one.name).isEmpty())
                .collect(
                        Collectors.groupingBy(
                                one -> one.service,
                                Collectors.mapping(one -> one.name, Collectors.toList())));
    }

    private boolean isDue(String name, Instant now) {
        if (lookedAt.getOrDefault(name, Instant.MIN).isAfter(now.minus(EVERY))) {
            return false;
        }
        lookedAt.put(name, now);
        return true;
    }

    /// As the observer does: until a start has come to something, nothing is said of a process that is not there.
    private static boolean isStarting(ServiceState state, String name) {
        return state.courses().anyMatch(course -> course.to().equals(Optional.of(name)));
    }

    private InstanceFacts withProcess(
            InstanceFacts facts, String name, boolean isStarting, Instant now) {
        var instance = world.instances.get(name);
        var isThere = instance == null ? isStarting : instance.isAlive;
        var state =
                !world.isHostReachable()
                        ? ProcessState.UNREACHABLE
                        : isThere ? ProcessState.RUNNING : ProcessState.DEAD;
        return new InstanceFacts(
                new Observed<>(state, now),
                facts.silence(),
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
                facts.slow());
    }

    private InstanceFacts probed(InstanceFacts before, String name, Instant now) {
        var instance = world.instances.get(name);
        if (instance == null
                || !instance.answers()
                || !world.isHostReachable()
                || chance.strikes(Fault.PROBE_LOST, 40)) {
            return silent(before, now);
        }
        var isReady = !now.isBefore(instance.readyAt) && !instance.behaves("never-ready");
        var digest =
                instance.behaves("wrong-digest")
                        ? "something-else"
                        : "digest-of-" + instance.version;
        var saysActive = instance.isActive || instance.behaves("starts-active");
        var requests = isReady && !instance.behaves("unused") ? 1000L : 0L;
        return new InstanceFacts(
                before.process(),
                Optional.empty(),
                seen(isReady, now),
                seen(saysActive, now),
                seen(world.tokens.getOrDefault(instance.service, 0L), now),
                seen(digest, now),
                before.configuration(),
                before.flags(),
                seen(instance.isActive, now),
                seen(instance.behaves("no-drain") ? 3L : world.orders.owed(name), now),
                seen(instance.isActive ? 0L : world.orders.inDoubt(), now),
                seen(world.orders.open(), now),
                seen(false, now),
                before.feedAgeMillis(),
                seen(requests, now),
                seen(instance.behaves("rejects") ? 30L : 0L, now),
                seen(instance.behaves("slow") ? 50L : 0L, now));
    }

    private static <T> Observed<T> seen(T value, Instant now) {
        return new Observed<>(value, now);
    }

    private static InstanceFacts silent(InstanceFacts facts, Instant now) {
        var silence =
                facts.silence()
                        .map(one -> new Silence(one.since(), one.failures() + 1))
                        .orElse(new Silence(now, 1));
        return new InstanceFacts(
                facts.process(),
                Optional.of(silence),
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
                facts.slow());
    }
}
