package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What must hold after every single thing that happens, and at the end.
final class Invariants {
    private static final int ENTRIES_PER_ROLLOUT_MAX = 110;

    private static final Set<Fault> MISLEADING =
            EnumSet.of(
                    Fault.CLOCK_JUMPS, // what answers seems to have been silent
                    Fault.PROBE_LOST,
                    Fault.LEDGER_RESTORED,
                    Fault.EFFECT_REPEATED_LATE);

    private final World world;
    private final FakeJournal journal;
    private final Chance chance;
    private final Map<String, Integer> entries = new HashMap<>();
    private final Map<String, Set<String>> failed = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>(); // by rollout
    private final Set<String> activated = new HashSet<>();
    private int read;

    Invariants(World world, FakeJournal journal, Chance chance) {
        this.chance = chance;
        this.world = world;
        this.journal = journal;
    }

    /// After every event of the world.
    void check() {
        var active = new HashMap<String, String>();
        for (var instance : world.instances.values()) {
            if (instance.isAlive && instance.isActive && !instance.service.equals("quotes")) {
                var other = active.put(instance.service, instance.name);
                require(other == null, "two active: " + other + " and " + instance.name);
                require(
                        !failed(instance.service).contains(instance.version),
                        "version %s failed before, and serves",
                        instance.version);
            }
        }
        read = Math.min(read, journal.events.size()); // a restore forgets
        for (; read < journal.events.size(); read++) {
            count(journal.events.get(read));
        }
    }

    private void count(Event event) {
        switch (event) {
            case RolloutEvent.Planned planned -> {
                entries.put(planned.service(), 0);
                planned(planned);
            }
            case RolloutEvent.Started started -> // it was approved, so it may be tried again
                    failed(started.service()).remove(version(started));
            case RolloutEvent.Finished finished -> {
                entries.remove(finished.service());
                if (finished.outcome() == Outcome.REFUSED
                        || finished.outcome() == Outcome.ROLLED_BACK) {
                    failed(finished.service()).add(version(finished));
                }
            }
            case KeepEvent _ -> {}
            default -> entries.computeIfPresent(event.service(), (_, n) -> n + 1);
        }
        entries.forEach(
                (service, n) ->
                        require(
                                n <= ENTRIES_PER_ROLLOUT_MAX,
                                "%d entries in one rollout of %s",
                                n,
                                service));
    }

    private void planned(RolloutEvent.Planned planned) {
        versions.put(planned.rollout(), planned.plan().to().version());
    }

    private String version(RolloutEvent event) {
        return Objects.requireNonNull(versions.get(event.rollout()), event.rollout());
    }

    private Set<String> failed(String service) {
        return failed.computeIfAbsent(service, _ -> new HashSet<>());
    }

    /// Before an effect is performed: its entry comes first, unless it only reduces risk.
    void checkIntended(String service, String course, Effect effect) {
        var isIntended =
                journal.events.reversed().stream()
                        .anyMatch(
                                event ->
                                        event instanceof EffectIntended one
                                                && one.service().equals(service)
                                                && one.course().equals(course)
                                                && one.effect().equals(effect));
        require(
                isIntended || effect instanceof Effect.RiskReducing,
                "%s was performed before its entry",
                effect);
        if (effect instanceof Effect.Activate(var name, var token)) {
            var highest = world.tokens.getOrDefault(service, 0L);
            // After a restart it is performed again; the service refuses it when it is too old.
            var isRepeated = !activated.add(service + " " + name + " " + token);
            require(
                    token.value() > highest || isRepeated,
                    "%s is to be activated with token %s, and %s knows %d",
                    name,
                    token,
                    service,
                    highest);
        }
    }

    /// Capacity: what serves is never stopped, unless the controller can't know that it does. Ending it to fence it is another thing.
    void checkStop(String service, Effect effect) {
        var isMisled = chance.reached().stream().anyMatch(MISLEADING::contains);
        if (effect instanceof Effect.Stop(var name) && !isMisled) {
            var instance = world.instances.get(name);
            if (instance == null || !instance.answers()) {
                return;
            }
            var route = world.route(service);
            require(
                    route.isHolding || !route.targets.contains(name),
                    "%s is stopped while traffic goes to it",
                    name);
            require(!instance.isActive, "%s is stopped while it is active", name);
        }
    }

    /// Once nothing has gone wrong for long enough.
    void checkEnd(Desk desk, TradingSystem system) {
        for (var service : system.services()) {
            var state = desk.service(service.name());
            state.rollout()
                    .ifPresent(
                            one ->
                                    require(
                                            one instanceof Rollout.Over,
                                            "%s never ended: %s",
                                            one.id(),
                                            one));
            require(state.keep().mend().isEmpty(), "a mend never ended: %s", state.keep().mend());
            var isStuck =
                    state.keep().stuck().isPresent()
                            || state.rollout()
                                    .filter(
                                            one ->
                                                    one instanceof Rollout.Over over
                                                            && over.outcome() == Outcome.STUCK)
                                    .isPresent();
            if (!isStuck && state.keep().approved().isPresent()) {
                checkServes(desk, service);
            }
        }
        require(
                world.orders.answered == world.orders.submitted,
                "%d requests were never answered",
                world.orders.submitted - world.orders.answered);
    }

    private void checkServes(Desk desk, Service service) {
        var state = desk.service(service.name());
        var approved = state.keep().approved().get().version();
        if (service.singleActive().isPresent()) {
            var name = state.roster().active();
            var active = name.map(world.instances::get);
            require(
                    active.filter(one -> one.isActive && one.answers()).isPresent(),
                    "%s is not served: %s",
                    service.name(),
                    name);
            require(
                    active.get().version.equals(approved),
                    "%s serves %s, approved is %s",
                    service.name(),
                    active.get().version,
                    approved);
            require(
                    active.get().token == state.roster().token().value(),
                    "%s serves under token %d, the newest is %s",
                    service.name(),
                    active.get().token,
                    state.roster().token());
        }
        if (service.takesTraffic()) {
            var route = world.route(service.name());
            require(!route.isHolding, "new orders of %s are held for ever", service.name());
            state.roster()
                    .active()
                    .ifPresent(
                            active ->
                                    require(
                                            route.targets.contains(active),
                                            "traffic of %s goes to %s, active is %s",
                                            service.name(),
                                            route.targets,
                                            active));
        }
        if (service.name().equals("gateway")) {
            var lost = world.orders.withoutFate();
            require(
                    lost.size() <= 1,
                    "orders without a fate: %s",
                    lost); // one may have come just now
        }
        var alive =
                world.instances.values().stream()
                        .filter(
                                one ->
                                        one.isAlive
                                                && one.service.equals(service.name())
                                                && one.version.equals(approved))
                        .count();
        require(
                alive == service.replicas(),
                "%d of %d run of %s",
                alive,
                service.replicas(),
                service.name());
    }

    private static void require(boolean condition, String message, Object... parts) {
        if (!condition) {
            throw new InvariantBroken(message.formatted(parts));
        }
    }
}
