package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.Loop;
import dev.pitcrew.runtime.Performer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One run of the production loop against a world that fails. The same seed gives the same run.
public final class Simulation {
    private static final Duration TICK = Duration.ofMillis(50);
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
                    "10-rejects");

    private final Schedule schedule = new Schedule();
    private final Chance chance;
    private final World world;
    private Eyes eyes;
    private final FakeJournal journal;
    private final Invariants invariants;
    private final TradingSystem system = TestingServices.system();
    private Loop loop;
    private long epoch; // of the controller: what an older one still does is not this one's
    private Duration jumped = Duration.ZERO;
    private int orderId;

    private Simulation(long seed) {
        chance = new Chance(seed);
        world = new World(schedule, chance);
        eyes = new Eyes(world, chance);
        journal = new FakeJournal(chance);
        invariants = new Invariants(world, journal);
        loop = newLoop();
    }

    /// Runs a seed to its end.
    ///
    /// @throws InvariantBroken when something happened that must not; the seed stands in the message
    public static Report run(long seed) {
        var simulation = new Simulation(seed);
        try {
            return simulation.run();
        } catch (InvariantBroken broken) {
            var tail = simulation.journal.events;
            throw new InvariantBroken(
                    "seed %d: %s; replay with -Dseed=%d%n%s"
                            .formatted(seed, broken.getMessage(), seed, story(tail)));
        }
    }

    private static String story(List<dev.pitcrew.deploy.Event> events) {
        var text = new StringBuilder();
        events.stream()
                .skip(Math.max(0, events.size() - 40))
                .forEach(one -> text.append("  ").append(one).append('\n'));
        return text.toString();
    }

    private Report run() {
        for (var service : system.services()) {
            deploy(service, "1");
        }
        var start = schedule.now();
        repeat(TICK, start.plus(TROUBLE).plus(HEALED), this::tick);
        repeat(
                Duration.ofMillis(100),
                start.plus(TROUBLE).plus(HEALED).minusSeconds(5),
                () -> world.submit("gateway", orderId++));
        repeat(Duration.ofMillis(100), start.plus(TROUBLE), this::trouble);
        schedule.runUntil(start.plus(Duration.ofSeconds(8)), invariants::check);
        for (int i = 0; i < 3; i++) {
            change();
            schedule.runUntil(schedule.now().plusSeconds(10), invariants::check);
        }
        schedule.runUntil(start.plus(TROUBLE), invariants::check);
        chance.heal();
        world.unreachableUntil = Instant.MIN;
        schedule.runUntil(start.plus(TROUBLE).plus(HEALED), invariants::check);
        invariants.checkEnd(loop.desk(), system);
        return Report.of(chance.reached(), loop.desk(), journal.events, world);
    }

    private void change() {
        var service = system.services().get(chance.below(system.services().size()));
        deploy(service, VERSIONS.get(chance.below(VERSIONS.size())));
        if (chance.below(2) == 0) { // a version that failed before needs somebody's approval
            schedule.afterMillis(
                    500,
                    () ->
                            ask(
                                    (desk, at) ->
                                            new Intents(desk, at, "anna", "")
                                                    .approve(
                                                            service.name(),
                                                            approvalHash(desk, service),
                                                            false)));
        }
    }

    private static String approvalHash(Desk desk, Service service) {
        return desk.service(service.name())
                .rollout()
                .orElseThrow(() -> new IllegalArgumentException("none"))
                .plan()
                .approval()
                .hash();
    }

    private void deploy(Service service, String version) {
        ask(
                (desk, at) -> {
                    var planner =
                            new Planner(
                                    system, system.environments().getFirst(), eyes.look(desk, at));
                    return new Intents(desk, at, "simon", "")
                            .deploy(planner, service, World.release(version));
                });
    }

    private void ask(
            java.util.function.BiFunction<Desk, Instant, List<dev.pitcrew.deploy.Event>> intent) {
        var _ = loop.ask(intent); // a refusal is an answer too
    }

    private void tick() {
        try {
            loop.tick(facts());
        } catch (FakeJournal.ControllerDied died) {
            restart();
        }
    }

    private Facts facts() {
        return eyes.look(loop.desk(), schedule.now().plus(jumped));
    }

    private void restart() {
        epoch++;
        if (chance.strikes(Fault.LEDGER_RESTORED, 2)) {
            journal.restore(1 + chance.below(4));
        }
        eyes = new Eyes(world, chance); // what the dead one saw died with it
        loop = newLoop();
        var resumed = loop;
        schedule.afterMillis(
                500,
                () -> {
                    if (loop == resumed) {
                        loop.resume();
                    }
                });
    }

    private Loop newLoop() {
        var mine = epoch;
        Performer performer =
                (service, course, effect, outcome) -> {
                    invariants.checkIntended(service, course, effect);
                    // A pause between append and act: what was decided is done later, when the
                    // world may have changed.
                    var pause = chance.strikes(Fault.CONTROLLER_PAUSES, 15) ? 2500 : 0;
                    schedule.afterMillis(
                            pause,
                            () ->
                                    world.perform(
                                            service,
                                            course,
                                            effect,
                                            new Performer.Outcome() {
                                                @Override
                                                public void confirmed(String detail) {
                                                    if (mine == epoch) {
                                                        outcome.confirmed(detail);
                                                    }
                                                }

                                                @Override
                                                public void failed(String reason) {
                                                    if (mine == epoch) {
                                                        outcome.failed(reason);
                                                    }
                                                }
                                            }));
                };
        return new Loop(Desk.decider(system), journal, performer);
    }

    /// What befalls the desk by itself.
    private void trouble() {
        var alive = world.instances.values().stream().filter(one -> one.isAlive).toList();
        if (alive.isEmpty()) {
            return;
        }
        var victim = alive.get(chance.below(alive.size()));
        if (chance.strikes(Fault.INSTANCE_DIES, 60)) {
            victim.isAlive = false;
        } else if (chance.strikes(Fault.INSTANCE_HANGS, 60)) {
            victim.isPaused = true;
            if (chance.isEnabled(Fault.INSTANCE_WAKES)) {
                schedule.afterMillis(
                        chance.below(6000),
                        () -> {
                            victim.isPaused = false;
                            chance.reached().add(Fault.INSTANCE_WAKES);
                        });
            }
        } else if (chance.strikes(Fault.HOST_UNREACHABLE, 80)) {
            world.unreachableUntil = schedule.now().plusMillis(chance.below(8000));
        } else if (chance.strikes(Fault.CLOCK_JUMPS, 80)) {
            jumped = jumped.plusSeconds(chance.below(60)); // the host slept
        } else if (chance.strikes(Fault.OPERATOR_ABORTS, 40)) {
            ask((desk, at) -> new Intents(desk, at, "simon", "").abort(victim.service));
        }
    }

    private void repeat(Duration every, Instant until, Runnable what) {
        schedule.after(
                every,
                () -> {
                    what.run();
                    if (schedule.now().isBefore(until)) {
                        repeat(every, until, what);
                    }
                });
    }

    /// Counts of a run.
    ///
    /// @param reached which faults really happened
    /// @param outcomes how rollouts ended, by count
    /// @param sights what was seen at least once, such as `failover`
    public record Report(
            java.util.Set<Fault> reached,
            Map<String, Integer> outcomes,
            java.util.Set<String> sights,
            int acknowledged) {
        static Report of(
                java.util.Set<Fault> reached,
                Desk desk,
                List<dev.pitcrew.deploy.Event> events,
                World world) {
            var outcomes = new java.util.TreeMap<String, Integer>();
            var sights = new java.util.TreeSet<String>();
            for (var event : events) {
                switch (event) {
                    case dev.pitcrew.deploy.RolloutEvent.Finished one ->
                            outcomes.merge(one.outcome().name(), 1, Integer::sum);
                    case dev.pitcrew.deploy.KeepEvent.MendBegun one when one.isFailover() ->
                            sights.add("failover");
                    case dev.pitcrew.deploy.KeepEvent.WentStuck _ -> sights.add("stuck");
                    case dev.pitcrew.deploy.KeepEvent.InstanceLost _ -> sights.add("lost");
                    case EffectIntended(_, _, _, Effect.Kill _, _) ->
                            sights.add("fenced by killing");
                    case EffectIntended one when one.attempt() > 1 -> sights.add("tried again");
                    default -> {}
                }
            }
            if (world.orders.held > 0) {
                sights.add("held");
            }
            return new Report(
                    java.util.Set.copyOf(reached),
                    outcomes,
                    sights,
                    world.orders.acknowledgedCount());
        }
    }
}
