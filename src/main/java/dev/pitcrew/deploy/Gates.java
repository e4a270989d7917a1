package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.deploy.Gate.Sense;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Feed;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.OnInconclusive;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The gates of a change, from the limits of its environment. An environment that names no limit has no such gate; a live one has to name them all.
///
/// | gate | before a start | before a change | before a rollback |
/// |---|---|---|---|
/// | `freeze`, `disk` | yes | yes | no |
/// | `window`, `market`, `clockJump`, `witnessed`, a command's | no | yes | no |
/// | `clock`, `killTested`, `feed` | no | of a single-active service | no |
/// | `evidence` | no | of a canary that goes back when nothing is shown | no |
/// | `reconciliation`, `openOrders`, `state` | no | where they can be asked | the same, because they protect orders |
///
/// `promotion` is asked when a change is planned where an environment follows another.
///
/// `approval` and `delay` come before all of these, and are in [ApprovalNeed#gates()].
public final class Gates {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration FORECAST = Duration.ofMinutes(2);
    private static final Duration FEED_AGE_MAX = Duration.ofSeconds(2);
    private static final Duration JUMP_MAX = Duration.ofSeconds(1);
    private static final double NANOS_A_MILLI = 1e6;
    private static final double MILLIS_AN_HOUR = 3_600_000;
    private static final double MILLIS_A_DAY = 86_400_000;

    private Gates() {}

    /// Before a service starts that does not run: nothing can be lost yet.
    public static List<Gate> beforeStart(Environment environment) {
        return List.of(
                atMost(GateName.FREEZE, 0, "freezes"),
                atLeast(GateName.DISK, (double) environment.gates().diskFree().bytes(), "bytes"));
    }

    /// Before a service is changed that runs.
    ///
    /// @param isReadable whether either version reads what the other one writes; where not, the plan says so instead
    public static List<Gate> beforeChange(
            TradingSystem system, Environment environment, Service service, boolean isReadable) {
        var limits = environment.gates();
        var gates = new ArrayList<>(beforeStart(environment));
        gates.add(atLeast(GateName.WINDOW, 1, "windows"));
        limits.market()
                .map(_ -> atMost(GateName.MARKET, 0, "venues in the way"))
                .ifPresent(gates::add);
        if (environment.windows() instanceof Windows.Weekly || limits.market().isPresent()) {
            gates.add(atMost(GateName.CLOCK_JUMP, (double) JUMP_MAX.toMillis(), "ms"));
        }
        limits.witnessedWithin()
                .map(most -> atMost(GateName.WITNESSED, most.toMillis() / MILLIS_AN_HOUR, "hours"))
                .ifPresent(gates::add);
        if (service.singleActive().isPresent()) {
            limits.clockOffset()
                    .map(most -> atMost(GateName.CLOCK, most.toNanos() / NANOS_A_MILLI, "ms"))
                    .ifPresent(gates::add);
            limits.killTestedWithin()
                    .map(
                            most ->
                                    atMost(
                                            GateName.KILL_TESTED,
                                            most.toMillis() / MILLIS_A_DAY,
                                            "days"))
                    .ifPresent(gates::add);
            if (system.services().stream()
                    .anyMatch(one -> one.probe(ProbeName.FEED_AGE).isPresent())) {
                gates.add(atMost(GateName.FEED, (double) feedAgeMax(system).toMillis(), "ms"));
            }
        }
        if (isJudgedCanary(service)) {
            gates.add(
                    new Gate(
                            GateName.EVIDENCE.key(),
                            Sense.AT_MOST,
                            CanaryForecast.limit(service),
                            "minutes",
                            FORECAST));
        }
        gates.addAll(protectingOrders(environment, service, isReadable));
        for (var one : limits.commands()) {
            gates.add(new Gate(one.name(), Sense.AT_MOST, one.atMost(), "", FRESH));
        }
        return List.copyOf(gates);
    }

    /// Whether a canary of which nothing could be shown would only be taken back again.
    public static boolean isJudgedCanary(Service service) {
        return service.rollout().strategy() == StrategyName.CANARY
                && service.rollout()
                        .judge()
                        .filter(one -> one.onInconclusive() instanceof OnInconclusive.Rollback)
                        .isPresent();
    }

    /// Before the last good version becomes active again because an operator wants it: those that protect orders. Neither the window nor a
    /// freeze, an untried kill switch or an old feed is a reason to stay with what is bad.
    ///
    /// @param isReadable as for a change
    public static List<Gate> beforeRollback(
            Environment environment, Service service, boolean isReadable) {
        return protectingOrders(environment, service, isReadable);
    }

    private static List<Gate> protectingOrders(
            Environment environment, Service service, boolean isReadable) {
        var gates = new ArrayList<Gate>();
        if (service.reconcile().isPresent()) {
            gates.add(atMost(GateName.RECONCILIATION, 0, "instruments"));
        }
        openOrdersMax(environment, service)
                .map(
                        most ->
                                new Gate(
                                        GateName.OPEN_ORDERS.key(),
                                        Sense.AT_MOST,
                                        most,
                                        "open orders",
                                        service.probes().limit()))
                .ifPresent(gates::add);
        if (isReadable) {
            gates.add(atLeast(GateName.STATE, 1, ""));
        }
        return List.copyOf(gates);
    }

    /// Whoever drains by waiting waits in vain for orders that rest, while new ones are held.
    private static Optional<Long> openOrdersMax(Environment environment, Service service) {
        var drainsByWaiting =
                service.singleActive()
                        .filter(one -> one.drain().policy() == DrainPolicy.WAIT)
                        .isPresent();
        return environment
                .gates()
                .openOrders()
                .or(() -> drainsByWaiting ? Optional.of(0L) : Optional.empty())
                .filter(_ -> service.singleActive().isPresent())
                .filter(_ -> service.probe(ProbeName.OPEN_ORDERS).isPresent());
    }

    /// That the version was promoted from the environment before. It is asked when a change is planned, and is in a plan only as an override.
    static Gate promotion() {
        return atLeast(GateName.PROMOTION, 1, "promotions");
    }

    static Duration feedAgeMax(TradingSystem system) {
        return system.feeds().stream()
                .map(Feed::staleAfter)
                .min(Duration::compareTo)
                .orElse(FEED_AGE_MAX);
    }

    private static Gate atMost(GateName name, double limit, String unit) {
        return new Gate(name.key(), Sense.AT_MOST, limit, unit, FRESH);
    }

    private static Gate atLeast(GateName name, double limit, String unit) {
        return new Gate(name.key(), Sense.AT_LEAST, limit, unit, FRESH);
    }

    /// What a gate measures in a situation, before a course goes on.
    static Observed<Measure> measure(Gate gate, Course course, Situation situation) {
        return switch (GateName.of(gate.name()).orElse(null)) {
            case OPEN_ORDERS -> openOrders(situation);
            case STATE -> state(course, situation);
            case null, default -> situation.facts().measure(gate, situation.service().name());
        };
    }

    /// That the accounts of a service agree, seen in the midst of a course, when no order is underway.
    static Gate reconciled(Service service) {
        return new Gate(
                GateName.RECONCILIATION.key(),
                Sense.AT_MOST,
                0,
                "instruments",
                service.probes().limit());
    }

    /// The accounts as they were seen since the step underway began; unknown when they were not.
    static Observed<Measure> accounts(Service service, Course course, Situation situation) {
        var books =
                situation
                        .facts()
                        .reconciliations()
                        .getOrDefault(service.name(), Observed.unknown());
        var found = books.value();
        return found == null || !books.at().isAfter(course.since())
                ? Observed.unknown()
                : new Observed<>(
                        accounts(service, found.openOrders(), found.differences()), books.at());
    }

    /// A comparison of two accounts: how many instruments differ, both sources, and each difference.
    ///
    /// @param openOrders on our side
    /// @param differences by instrument, in words
    public static Measure accounts(
            Service service, long openOrders, SortedMap<String, String> differences) {
        var sources =
                service.reconcile().stream().flatMap(one -> Stream.of(one.ours(), one.theirs()));
        return new Measure(
                differences.size(),
                sources.map(one -> one.service() + " " + one.path())
                        .collect(Collectors.joining(" and ")),
                differences.isEmpty()
                        ? Words.count(openOrders, "open order")
                        : differences.entrySet().stream()
                                .map(one -> one.getKey() + " " + one.getValue())
                                .collect(Collectors.joining(", ")));
    }

    private static Observed<Measure> openOrders(Situation situation) {
        var active = situation.roster().active();
        if (active.isEmpty()) {
            return Observed.unknown();
        }
        var open = situation.of(active.get()).openOrders();
        return open.value() == null
                ? Observed.unknown()
                : new Observed<>(new Measure(open.value(), active.get()), open.at());
    }

    private static Observed<Measure> state(Course course, Situation situation) {
        var approved = situation.keep().approved();
        if (approved.isEmpty()) {
            return Observed.unknown();
        }
        var old = approved.get();
        var to = course.release();
        var reads = old.state().canRead(to.state()) && to.state().canRead(old.state());
        var detail =
                "%s writes %s, %s writes %s"
                        .formatted(
                                old.version(),
                                old.state().writes(),
                                to.version(),
                                to.state().writes());
        return new Observed<>(
                new Measure(reads ? 1 : 0, "their data formats", detail), situation.facts().at());
    }
}
