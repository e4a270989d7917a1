package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// How many instances could serve, against the least that must: one of a single-active service, all of another. What a fault took counts as
/// there until it was replaced, so that what is left is our own doing: and no replacement is whoever was told to end, by somebody who could not
/// know of the loss yet. Nobody counts while a plan says that nothing serves, as in the
/// middle of a stop-start, or while a person is asked for.
final class Capacity {
    /// A probe each 100 ms, and a tick each 50: by then the controller has seen that there was no answer, and acts on it.
    private static final Duration UNSEEN = Duration.ofMillis(200);

    /// How late what was said to be lost may still arrive.
    private static final Duration LATE = Duration.ofSeconds(6);

    private final World world;
    private final Chance chance;
    private TradingSystem system;
    private final Map<String, Set<String>> lost = new HashMap<>(); // by service
    private final Set<String> replaced = new HashSet<>();
    private final Map<String, Instant> lostAt = new HashMap<>();
    private final Map<String, Instant> told = new HashMap<>(); // to end, when
    private final Map<String, Map<String, Integer>> most =
            new HashMap<>(); // that could ever serve at once, by service and version

    Capacity(World world, Chance chance, TradingSystem system) {
        this.world = world;
        this.chance = chance;
        this.system = system;
    }

    void becomes(TradingSystem other) {
        system = other;
        most.clear();
    }

    void check(Desk desk) {
        for (var service : system.services()) {
            var state = desk.service(service.name());
            if (state.keep().approved().isPresent()) {
                check(service, state);
            }
        }
    }

    private void check(Service service, ServiceState state) {
        listen(state);
        var gone = lost.computeIfAbsent(service.name(), _ -> new HashSet<>());
        var ready = 0;
        var lasting = 0; // whatever becomes of a change that is underway
        var approvedVersion = state.keep().approved().get().version();
        var comingVersion = coming(state);
        for (var one : world.instancesOf(service.name())) {
            if (!one.isAlive && one.isEnded) { // as most of them are after a while
                continue;
            }
            if (!one.version.equals(approvedVersion) && !one.version.equals(comingVersion)) {
                continue;
            }
            if (one.isReady(world.now())) {
                ready++;
                lasting += one.version.equals(approvedVersion) && !isToEnd(one.name) ? 1 : 0;
                gone.remove(one.name);
                lostAt.remove(one.name);
            } else if (!one.answers() && !one.isEnded && !replaced.contains(one.name)) {
                gone.add(one.name);
                lostAt.putIfAbsent(one.name, world.now());
            }
        }
        if (lasting >= service.replicas()) {
            replaced.addAll(gone.stream().filter(this::isSeen).toList());
            gone.removeAll(replaced);
        }
        var filled = // a first one is joined by others
                most.computeIfAbsent(service.name(), _ -> new HashMap<>())
                        .merge(approvedVersion, ready, Math::max);
        var least = service.singleActive().isPresent() ? 1 : Math.min(filled, service.replicas());
        Invariant.CAPACITY.require(
                ready + gone.size() >= least
                        || isMeant(state)
                        || chance.hasStruck(Invariants.MISLEADING, Invariants.MISLED),
                "%d of %s can serve, and %s were lost",
                ready,
                service.name(),
                gone);
    }

    private void listen(ServiceState state) {
        state.rollout().flatMap(Rollout::underway).ifPresent(this::listen);
        state.keep().mend().ifPresent(this::listen);
    }

    private void listen(Course course) {
        if (course.outstanding().orElse(null) instanceof Effect.Stop stop) {
            told.put(stop.instance(), world.now());
        }
    }

    private boolean isToEnd(String instance) {
        return told.getOrDefault(instance, Instant.MIN).isAfter(world.now().minus(LATE));
    }

    private boolean isSeen(String lost) {
        return lostAt.getOrDefault(lost, Instant.MIN).isBefore(world.now().minus(UNSEEN));
    }

    /// The version that a change leads to; empty when there is none.
    private static String coming(ServiceState state) {
        return state.rollout()
                .filter(one -> !(one instanceof Rollout.Over))
                .map(one -> one.plan().to().version())
                .orElse("");
    }

    /// Whether the plan, or who was stopped, says that nothing has to serve now.
    private static boolean isMeant(ServiceState state) {
        var isStopStart =
                state.rollout()
                        .filter(one -> one.underway().isPresent())
                        .filter(one -> one.plan().strategy().equals("stop-start"))
                        .isPresent();
        return isStopStart || state.isKilled() || state.keep().stuck().isPresent();
    }
}
