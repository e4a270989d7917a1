package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.deploy.RolloutEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
                    "10-rejects");

    private final Chance chance;
    private final SimulatedDesk desk;

    private Simulation(long seed) {
        chance = new Chance(seed);
        desk = new SimulatedDesk(chance);
    }

    /// Runs a seed to its end.
    ///
    /// @throws InvariantBroken when something happened that must not; the seed stands in the message
    public static Report run(long seed) {
        var simulation = new Simulation(seed);
        try {
            return simulation.run();
        } catch (InvariantBroken broken) {
            var tail = simulation.desk.journal.events;
            throw new InvariantBroken(
                    "seed %d: %s; replay with -Dseed=%d%n%s"
                            .formatted(seed, broken.getMessage(), seed, story(tail)));
        }
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
        for (int i = 0; i < 3; i++) {
            change();
            desk.run(Duration.ofSeconds(10));
        }
        desk.run(Duration.between(desk.now(), troubled));
        desk.healAndCheck(HEALED);
        return Report.of(chance.reached(), desk.desk(), desk.journal.events, desk.world);
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
        var victim = alive.get(chance.below(alive.size()));
        if (chance.strikes(Fault.INSTANCE_DIES, 60)) {
            victim.isAlive = false;
        } else if (chance.strikes(Fault.INSTANCE_HANGS, 60)) {
            victim.isPaused = true;
            if (chance.isEnabled(Fault.INSTANCE_WAKES)) {
                desk.schedule.afterMillis(
                        chance.below(6000),
                        () -> {
                            victim.isPaused = false;
                            chance.reached().add(Fault.INSTANCE_WAKES);
                        });
            }
        } else if (chance.strikes(Fault.HOST_UNREACHABLE, 80)) {
            world.unreachableUntil = desk.now().plusMillis(chance.below(8000));
        } else if (chance.strikes(Fault.CLOCK_JUMPS, 80)) {
            desk.jumpClock(Duration.ofSeconds(chance.below(60))); // the host slept
        } else if (chance.strikes(Fault.OPERATOR_ABORTS, 40)) {
            desk.ask((state, at) -> SimulatedDesk.intents(state, at).abort(victim.service));
        }
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
        static Report of(java.util.Set<Fault> reached, Desk desk, List<Event> events, World world) {
            var outcomes = new java.util.TreeMap<String, Integer>();
            var sights = new java.util.TreeSet<String>();
            for (var event : events) {
                switch (event) {
                    case RolloutEvent.Finished one ->
                            outcomes.merge(one.outcome().name(), 1, Integer::sum);
                    case KeepEvent.MendBegun one when one.purpose() == Purpose.FAILOVER ->
                            sights.add("failover");
                    case KeepEvent.WentStuck _ -> sights.add("stuck");
                    case KeepEvent.InstanceLost _ -> sights.add("lost");
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
