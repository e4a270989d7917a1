package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.Roster;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Strategies;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.Token;
import dev.pitcrew.model.TradingSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// What must hold after every single thing that happens, and at the end.
final class Invariants {
    private static final int ENTRIES_PER_ROLLOUT_MAX = 110;
    private static final int ENTRIES_PER_MEND_MAX = 60;

    /// Faults after which for a while the controller can't know what it would have to.
    static final Set<Fault> MISLEADING =
            EnumSet.of(
                    Fault.CLOCK_JUMPS, // what answers seems to have been silent
                    Fault.CONTROLLER_PAUSES,
                    Fault.PROBE_LOST,
                    Fault.HOST_UNREACHABLE, // whoever is out of reach seems to be silent
                    Fault.LEDGER_RESTORED,
                    Fault.TRAFFIC_ASTRAY,
                    Fault.EFFECT_LIES,
                    Fault.EFFECT_DELAYED,
                    Fault.EFFECT_OVERTAKEN,
                    Fault.EFFECT_REPEATED_LATE);

    static final Duration MISLED = Duration.ofSeconds(15);

    private final World world;
    private final FakeJournal journal;
    private final Chance chance;
    private final Map<String, Integer> entries = new HashMap<>();
    private final Map<String, Set<String>> failed = new HashMap<>();
    private final Map<String, RolloutEvent.Planned> plans = new HashMap<>(); // by rollout
    private final Map<String, Double> shares = new HashMap<>(); // of clients, by service
    private final Map<String, Long> tokens = new HashMap<>(); // highest performed, by service
    private final Set<String> outstanding = new HashSet<>(); // effects, when the controller died
    private final Set<String> forgotten = new HashSet<>(); // effects whose entry was lost
    private final Capacity capacity;
    private Desk desk = Desk.EMPTY; // folded here, and not what the controller believes
    private Instant latest = Instant.MIN;
    private int read;

    Invariants(World world, FakeJournal journal, Chance chance, TradingSystem system) {
        this.chance = chance;
        this.world = world;
        this.journal = journal;
        this.capacity = new Capacity(world, chance, system);
    }

    /// From now on this many are asked for.
    void becomes(TradingSystem system) {
        capacity.becomes(system);
    }

    /// After every event of the world.
    void check() {
        for (; read < journal.events.size(); read++) {
            count(journal.events.get(read));
        }
        var active = new HashMap<String, String>();
        for (var instance : world.instances.values()) {
            if (instance.isAlive && instance.isActive) {
                var other = active.put(instance.service, instance.name);
                Invariant.ONE_ACTIVE.require(
                        other == null, "%s and %s are active", other, instance.name);
                Invariant.FAILED_NEVER_SERVES.require(
                        !failed(instance.service).contains(instance.version),
                        "version %s failed before, and serves",
                        instance.version);
            }
        }
        capacity.check(desk);
    }

    private void count(Event event) {
        var state = desk.service(event.service());
        desk = desk.fold(event);
        Invariant.TIME_GROWS.require(
                !event.at().isBefore(latest), "an entry of %s follows %s", event.at(), latest);
        latest = event.at();
        switch (event) {
            case RolloutEvent.Planned planned -> {
                entries.put(planned.service(), 0);
                plans.put(planned.rollout(), planned);
            }
            case RolloutEvent.Started started -> // it was approved, so it may be tried again
                    failed(started.service()).remove(version(started));
            case RolloutEvent.Finished finished -> finished(finished, state);
            case KeepEvent.MendBegun begun -> entries.put(begun.course().id(), 0);
            case EffectIntended(_, var service, _, Effect.Steering steering, _) -> {
                shares(service, steering);
                counted(event, state);
            }
            case KeepEvent.MendEnded ended -> entries.remove(ended.course());
            case KeepEvent.WentStuck stuck -> {
                state.keep().mend().ifPresent(mend -> entries.remove(mend.id()));
                requireNamed(stuck.name(), stuck.reason(), stuck.next());
            }
            case KeepEvent _ -> {}
            default -> counted(event, state);
        }
        entries.forEach(
                (what, n) ->
                        Invariant.ENTRIES_BOUNDED.require(
                                n
                                        <= (what.contains("mend")
                                                ? ENTRIES_PER_MEND_MAX
                                                : ENTRIES_PER_ROLLOUT_MAX),
                                "%d entries in one change of %s",
                                n,
                                what));
    }

    private void counted(Event event, ServiceState state) {
        var mend = state.keep().mend();
        var isOfMend = mend.filter(one -> event.toString().contains(one.id())).isPresent();
        entries.computeIfPresent(isOfMend ? mend.get().id() : event.service(), (_, n) -> n + 1);
    }

    private void shares(String service, Effect.Steering steering) {
        switch (steering) {
            case Effect.Share(_, _, var share) -> {
                var before = shares.getOrDefault(service, 0.0);
                Invariant.SHARES_GROW.require(
                        share.value() >= before,
                        "%s of clients follow %s of %s",
                        share.value(),
                        before,
                        service);
                shares.put(service, share.value());
            }
            case Effect.Route _, Effect.RouteBack _ -> shares.remove(service);
            case Effect.Hold _ -> {} // goes on where it was
        }
    }

    private void finished(RolloutEvent.Finished finished, ServiceState before) {
        entries.remove(finished.service());
        var plan = Objects.requireNonNull(plans.get(finished.rollout())).plan();
        var approved = before.keep().approved();
        var after = desk.service(finished.service()).keep();
        switch (finished.outcome()) {
            case DONE -> {}
            case STUCK -> requireNamed(finished.rollout(), finished.reason(), finished.next());
            case REFUSED, ROLLED_BACK, ABORTED, GATED, SHADOWED ->
                    Invariant.WAY_BACK_IS_WHOLE.require(
                            after.approved().equals(plan.from()) && approved.equals(plan.from()),
                            "%s ended as %s, and %s is approved",
                            finished.rollout(),
                            finished.outcome(),
                            after.approved());
        }
        if ((finished.outcome() == Outcome.REFUSED || finished.outcome() == Outcome.ROLLED_BACK)
                && !plan.from().equals(java.util.Optional.of(plan.to()))) {
            failed(finished.service()).add(version(finished));
        }
    }

    private static void requireNamed(String name, String reason, String next) {
        Invariant.STUCK_BY_NAME.require(
                !name.isBlank() && !reason.isBlank() && !next.isBlank(),
                "stuck in '%s' because of '%s', next is '%s'",
                name,
                reason,
                next);
    }

    private String version(RolloutEvent event) {
        return Objects.requireNonNull(plans.get(event.rollout()), event.rollout())
                .plan()
                .to()
                .version();
    }

    private Set<String> failed(String service) {
        return failed.computeIfAbsent(service, _ -> new HashSet<>());
    }

    /// The controller died, and another one comes, perhaps with an older copy of the ledger.
    ///
    /// @param now what the new one believes
    void restarted(Desk now) {
        check(); // what was written since
        outstanding.clear();
        now.services()
                .forEach(
                        (service, state) ->
                                state.courses()
                                        .forEach(
                                                course ->
                                                        course.outstanding()
                                                                .ifPresent(
                                                                        effect ->
                                                                                outstanding.add(
                                                                                        key(
                                                                                                service,
                                                                                                course
                                                                                                        .id(),
                                                                                                effect)))));
    }

    /// What was written is there no more, and is as if it had never been.
    ///
    /// @param lost what it was
    void forgotten(List<Event> lost) {
        for (var event : lost) {
            if (event instanceof EffectIntended one) {
                forgotten.add(key(one.service(), one.course(), one.effect()));
            }
        }
        shares.clear();
        read = journal.events.size();
        desk = Desk.EMPTY;
        latest = Instant.MIN;
        for (var event : journal.events) {
            desk = desk.fold(event);
            latest = event.at();
        }
    }

    private static String key(String service, String course, Effect effect) {
        return service + " " + course + " " + effect;
    }

    /// Before an effect is performed: its entry comes first, unless it only reduces risk.
    void checkIntended(String service, String course, Effect effect) {
        Invariant.ENTRY_BEFORE_EFFECT.require(
                effect instanceof Effect.RiskReducing
                        || isIntended(service, course, effect, journal.events),
                "%s was performed before its entry",
                effect);
        var what = key(service, course, effect);
        // Only what was outstanding when the controller died may come under its old token again.
        // And what the ledger forgot and no service ever heard of, which nobody can know. It comes
        // to the same instance again, so it does no harm should the first one still arrive.
        var isForgotten = forgotten.remove(what) && !isHeardOf(service, effect);
        var isResumed = outstanding.remove(what) || isForgotten;
        switch (effect) {
            case Effect.Activate(var instance, var token) -> {
                Invariant.SHADOWS_SEND_NOTHING.require(
                        !Roster.isShadow(instance), "%s is performed", effect);
                newer(service, token, isResumed, effect);
            }
            case Effect.Rearm(_, var token) -> newer(service, token, isResumed, effect);
            case Effect.Drain(_, var token, _) -> notOlder(service, token, isResumed, effect);
            case Effect.Deactivate(_, var token) -> notOlder(service, token, isResumed, effect);
            default -> {}
        }
    }

    private boolean isHeardOf(String service, Effect effect) {
        return switch (effect) {
            case Effect.Activate(_, var token) -> token.value() <= world.token(service);
            case Effect.Rearm(_, var token) -> token.value() <= world.token(service);
            default -> true;
        };
    }

    private static boolean isIntended(
            String service, String course, Effect effect, List<Event> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof EffectIntended one
                    && one.effect().equals(effect)
                    && one.course().equals(course)
                    && one.service().equals(service)) {
                return true;
            }
        }
        return false;
    }

    private void newer(String service, Token token, boolean isResumed, Effect effect) {
        var highest = Math.max(world.token(service), tokens.getOrDefault(service, 0L));
        Invariant.TOKENS_GROW.require(
                token.value() > highest || isResumed,
                "%s is performed, and %d was used before",
                effect,
                highest);
        tokens.put(service, Math.max(token.value(), highest));
    }

    /// A restored ledger has forgotten tokens; what comes under an older one is refused, which is safe.
    private void notOlder(String service, Token token, boolean isResumed, Effect effect) {
        var highest = tokens.getOrDefault(service, 0L);
        Invariant.TOKENS_GROW.require(
                token.value() >= highest
                        || isResumed
                        || chance.reached().contains(Fault.LEDGER_RESTORED),
                "%s is performed, and %d was used before",
                effect,
                highest);
    }

    /// What serves is never stopped, unless the controller can't know that it does. Ending it to fence it is another thing.
    void checkStop(String service, Effect effect) {
        if (!(effect instanceof Effect.Stop(var name)) || chance.hasStruck(MISLEADING, MISLED)) {
            return;
        }
        var instance = world.instances.get(name);
        if (instance == null || !instance.answers() || !world.isHostReachable()) {
            return;
        }
        var route = world.route(service);
        Invariant.CAPACITY.require(
                route.isHolding || !route.targets.contains(name),
                "%s is stopped while traffic goes to it",
                name);
        Invariant.CAPACITY.require(!instance.isActive, "%s is stopped while it is active", name);
    }

    /// Once nothing has gone wrong for long enough.
    void checkEnd(Desk desk, TradingSystem system) {
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
