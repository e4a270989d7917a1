package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.StrategyName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One run of the production loop against a world that fails. The same seed gives the same run.
public final class Simulation {
    private static final Duration TROUBLE = Duration.ofSeconds(40);
    private static final Duration HEALED = Duration.ofSeconds(60);
    private static final List<String> VERSIONS =
            List.of(
                    "2",
                    "3",
                    "4-never-ready",
                    "5-crashes",
                    "6-no-drain",
                    "7-starts-active",
                    "8-wrong-digest",
                    "9-slow",
                    "10-rejects",
                    "11-storm");
    private static final String PRICES = "prices";
    private static final List<StrategyName> OF_PRICES =
            List.of(StrategyName.ROLLING, StrategyName.BLUE_GREEN, StrategyName.CANARY);

    private final Chance chance;
    private final SimulatedDesk desk;

    private Simulation(long seed) {
        chance = new Chance(seed);
        var onFailure = chance.below(8) == 0 ? OnFailure.PERSON : OnFailure.STANDBY;
        var strategy = OF_PRICES.get(chance.below(OF_PRICES.size()));
        desk = new SimulatedDesk(chance, TestingServices.with(strategy, 3, onFailure));
    }

    /// Runs a seed to its end.
    ///
    /// @throws InvariantBroken when something happened that must not; the seed stands in the message
    public static Report run(long seed) {
        var simulation = new Simulation(seed);
        try {
            return simulation.run();
        } catch (InvariantBroken broken) {
            throw new InvariantBroken(
                    broken.invariant,
                    "%s%nseed %d; replay it with: ./verify --seed %d%n%s"
                            .formatted(
                                    broken.getMessage(),
                                    seed,
                                    seed,
                                    story(simulation.desk.journal.events)));
        }
    }

    /// What the ledger holds in the end.
    public static List<Event> events(long seed) {
        var simulation = new Simulation(seed);
        simulation.run();
        return List.copyOf(simulation.desk.journal.events);
    }

    private static String story(List<Event> events) {
        var text = new StringBuilder();
        events.stream()
                .skip(Math.max(0, events.size() - 40))
                .forEach(one -> text.append("  ").append(one).append('\n'));
        return text.toString();
    }

    private Report run() {
        desk.system.services().forEach(one -> desk.deploy(one.name(), "1"));
        var troubled = desk.now().plus(TROUBLE);
        desk.every(
                Duration.ofMillis(100),
                () -> {
                    if (desk.now().isBefore(troubled)) {
                        trouble();
                    }
                });
        desk.run(Duration.ofSeconds(8));
        switch (chance.below(16)) {
            case 0 -> loseTrack();
            case 1 -> loseMemory();
            case 2 -> desk.schedule.afterMillis(chance.below(30_000), this::lapse);
            case 3 -> desk.schedule.afterMillis(chance.below(30_000), this::misroute);
            default -> {} // nothing but what befalls it by itself
        }
        for (int i = 0; i < 3; i++) {
            if (chance.below(32) == 0) {
                loseMost();
            } else {
                change();
            }
            desk.run(Duration.ofSeconds(10));
        }
        desk.run(Duration.between(desk.now(), troubled));
        desk.healAndCheck(HEALED);
        return Report.of(desk);
    }

    private void change() {
        var services = desk.system.services();
        var service = services.get(chance.below(services.size())).name();
        desk.deploy(service, VERSIONS.get(chance.below(VERSIONS.size())));
        if (chance.below(2) == 0) { // a version that failed before needs somebody's approval
            desk.schedule.afterMillis(
                    500,
                    () ->
                            desk.ask(
                                    (state, at) ->
                                            new Intents(state, at, "anna", "")
                                                    .approve(
                                                            service,
                                                            approvalHash(state, service),
                                                            false)));
        }
    }

    private static String approvalHash(Desk desk, String service) {
        return desk.service(service)
                .rollout()
                .orElseThrow(() -> new IllegalArgumentException("none"))
                .plan()
                .approval()
                .hash();
    }

    /// What befalls the desk by itself.
    private void trouble() {
        var world = desk.world;
        var alive = world.instances.values().stream().filter(one -> one.isAlive).toList();
        if (alive.isEmpty()) {
            return;
        }
        var victim = victim(alive);
        if (chance.strikes(Fault.INSTANCE_DIES, 60)) {
            die(victim);
        } else if (chance.strikes(Fault.INSTANCE_HANGS, 60)) {
            hang(victim);
        } else if (victim.isActive && victim.answers() && chance.strikes(Fault.ACTIVE_LAPSES, 40)) {
            world.lapse(victim);
        } else if (chance.draws(Fault.TRAFFIC_ASTRAY, 60)) {
            misroute();
        } else if (chance.strikes(Fault.HOST_UNREACHABLE, 80)) {
            world.unreachableUntil = soon(8000);
        } else if (chance.strikes(Fault.BALANCER_DIES, 80)) {
            world.balancerDownUntil = soon(3000);
        } else if (chance.strikes(Fault.BOOKS_DIFFER, 80)) {
            world.booksDifferUntil = soon(20_000);
        } else if (chance.strikes(Fault.GATE_SHUTS, 80)) {
            shutGate(soon(40_000));
        } else if (chance.strikes(Fault.CLOCK_JUMPS, 80)) {
            desk.jumpClock(Duration.ofSeconds(chance.below(60))); // the host slept
        } else if (chance.strikes(Fault.OPERATOR_ABORTS, 40)) {
            desk.ask((state, at) -> SimulatedDesk.intents(state, at).abort(victim.service));
        } else if (chance.strikes(Fault.OPERATOR_KILLS, 80)) {
            kill(victim.service);
        }
    }

    /// Whoever is being changed as often as all others together: what goes wrong then is what most of this is about.
    private FakeInstance victim(List<FakeInstance> alive) {
        var changing =
                alive.stream().filter(one -> desk.service(one.service).isChanging()).toList();
        var some = changing.isEmpty() || chance.below(2) == 0 ? alive : changing;
        return some.get(chance.below(some.size()));
    }

    /// The gateway dies, and what it did and what the venue says of it does not agree for longer than anybody waits.
    private void loseTrack() {
        desk.world.booksDifferUntil = desk.now().plusSeconds(15);
        living("gateway").filter(one -> one.isActive).findFirst().ifPresent(Simulation::die);
    }

    /// Right after somebody was told to be active the controller dies, and what comes in its place has an older copy of the ledger.
    private void loseMemory() {
        desk.onEffect(
                course -> {
                    if (course.outstanding().orElse(null) instanceof Effect.Activate) {
                        desk.onEffect(_ -> {});
                        desk.schedule.afterMillis(
                                chance.below(500),
                                () -> {
                                    chance.strike(Fault.LEDGER_RESTORED, 1);
                                    desk.restart();
                                });
                    }
                });
    }

    /// Whoever is active in one of the services is so no more, and nobody told it to.
    private void lapse() {
        var active =
                desk.world.instances.values().stream()
                        .filter(one -> one.isActive && one.answers())
                        .toList();
        if (!active.isEmpty()) {
            desk.world.lapse(active.get(chance.below(active.size())));
            chance.reach(Fault.ACTIVE_LAPSES);
        }
    }

    /// A version is watched for long because nobody uses it, and of those beside it most are lost.
    private void loseMost() {
        desk.deploy(PRICES, "2-unused");
        desk.onStep(
                course -> {
                    if (course.release().version().equals("2-unused")
                            && course.step() instanceof Step.Bake) {
                        desk.onStep(_ -> {});
                        desk.service(PRICES).keep().approved().stream()
                                .flatMap(old -> desk.service(PRICES).roster().running(old))
                                .skip(1)
                                .map(desk.world::instance)
                                .forEach(Simulation::die);
                    }
                });
    }

    private Stream<FakeInstance> living(String service) {
        return desk.world.instances.values().stream()
                .filter(one -> one.isAlive && one.service.equals(service));
    }

    private static void die(FakeInstance instance) {
        instance.isAlive = false;
    }

    private Instant soon(int millisMax) {
        return desk.now().plusMillis(chance.below(millisMax));
    }

    private void hang(FakeInstance victim) {
        victim.isPaused = true;
        if (chance.isEnabled(Fault.INSTANCE_WAKES)) {
            desk.schedule.afterMillis(
                    chance.below(6000),
                    () -> {
                        victim.isPaused = false;
                        chance.reach(Fault.INSTANCE_WAKES);
                    });
        }
    }

    /// To an instance that lives, or lived once; or held.
    private void misroute() {
        var all = List.copyOf(desk.world.instances.values());
        var to = all.get(chance.below(all.size()));
        if (!desk.system.service(to.service).takesTraffic()) {
            return;
        }
        if (chance.below(2) == 0 ? desk.world.misroute(to) : desk.world.park(to.service)) {
            chance.reach(Fault.TRAFFIC_ASTRAY);
        }
    }

    private void shutGate(Instant until) {
        if (chance.below(2) == 0) {
            desk.world.windowShutUntil = until;
        } else {
            desk.world.diskFullUntil = until;
        }
    }

    /// Somebody stops all order flow of a service, and later lets it go on, as often as it takes.
    private void kill(String service) {
        if (desk.system.service(service).singleActive().isEmpty()) {
            return;
        }
        desk.world.killFlow(service);
        report(service);
        desk.schedule.afterMillis(500 + chance.below(8000), () -> rearm(service));
    }

    /// As the spool does: says so until the ledger has it.
    private void report(String service) {
        var answer =
                desk.answer(
                        (_, at) ->
                                List.of(
                                        new DeskEvent.Killed(
                                                at, service, "simon", "", true, "stopped")));
        desk.schedule.afterMillis(
                1000,
                () -> {
                    if (!answer.isDone()) {
                        report(service);
                    }
                });
    }

    private void rearm(String service) {
        if (desk.service(service).isKilled() || desk.world.service(service).isKilled) {
            desk.ask(
                    (state, at) ->
                            SimulatedDesk.intents(state, at)
                                    .rearm(desk.planner(state, at), desk.system.service(service)));
            desk.schedule.afterMillis(2000, () -> rearm(service));
        }
    }

    /// Counts of a run.
    ///
    /// @param reached which faults really happened
    /// @param outcomes how rollouts ended, by count
    /// @param sights what was seen at least once, such as `failover`
    public record Report(
            Set<Fault> reached,
            Map<String, Integer> outcomes,
            Set<String> sights,
            int acknowledged) {
        static Report of(SimulatedDesk desk) {
            var outcomes = new TreeMap<String, Integer>();
            var sights = new TreeSet<String>();
            for (var event : desk.journal.events) {
                sight(event).ifPresent(sights::add);
                if (event instanceof RolloutEvent.Finished one) {
                    outcomes.merge(one.outcome().name(), 1, Integer::sum);
                }
            }
            if (desk.world.orders.held > 0) {
                sights.add("held");
            }
            if (desk.resumed) {
                sights.add("resumed between append and act");
            }
            return new Report(
                    desk.chance.reached(), outcomes, sights, desk.world.orders.acknowledgedCount());
        }

        private static Optional<String> sight(Event event) {
            return Optional.ofNullable(
                    switch (event) {
                        case RolloutEvent.TurnedBack one
                                when one.outcome() == Outcome.ROLLED_BACK
                                        && one.reason().startsWith("bake") ->
                                "rolled back at bake";
                        case KeepEvent.MendBegun one when one.purpose() == Purpose.FAILOVER ->
                                one.reason().contains("passive") ? "lapsed" : "failover";
                        case KeepEvent.MendBegun one when one.purpose() == Purpose.LET_GO ->
                                one.reason().startsWith("new orders are held")
                                        ? "let go"
                                        : "sent back";
                        case KeepEvent.MendBegun one when one.purpose() == Purpose.HALT -> "halted";
                        case KeepEvent.WentStuck one -> "stuck: " + one.name();
                        case RolloutEvent.Finished one when one.outcome() == Outcome.STUCK ->
                                "stuck: rollout";
                        case KeepEvent.InstanceLost _ -> "lost";
                        case KeepEvent.MendBegun one
                                when one.course().steps().stream()
                                        .anyMatch(Step.Rejoin.class::isInstance) ->
                                "refilled in a rollout";
                        case EffectConfirmed(_, _, _, Effect.Share _, _) -> "shared";
                        case StepTaken one when one.evidence().endsWith("left of the others") ->
                                "shrunk";
                        case EffectIntended(_, _, _, Effect.Kill _, _) -> "fenced by killing";
                        case EffectIntended(_, _, _, Effect.Rearm _, _) -> "armed again";
                        case EffectIntended one when one.attempt() > 1 -> "tried again";
                        default -> null;
                    });
        }
    }
}
