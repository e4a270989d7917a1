package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.Roster;
import dev.pitcrew.deploy.ServiceState;
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
}
