package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Strategies;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One thing that goes wrong while a step is underway, for the laws that every plan keeps.
///
/// @param name as a message says it
/// @param isPassing whether it is over by itself and nothing is lost by it, so that the plan must come to its end all the same
/// @param needsEffect whether it strikes an effect, so that a step without one has nothing to fear
/// @param faults which must have struck then
/// @param strike does it, to the step that the course is at
record Trouble(
        String name,
        boolean isPassing,
        boolean needsEffect,
        Set<Fault> faults,
        BiConsumer<SimulatedDesk, Course> strike) {
    private static final int ALWAYS = 1000;

    private static final Set<Fault> EFFECTS =
            EnumSet.of(
                    Fault.EFFECT_FAILS_BEFORE,
                    Fault.EFFECT_FAILS_AFTER,
                    Fault.EFFECT_DELAYED,
                    Fault.EFFECT_OVERTAKEN,
                    Fault.EFFECT_REPEATED_LATE,
                    Fault.EFFECT_LIES,
                    Fault.CONTROLLER_PAUSES);

    static final List<Trouble> ALL =
            List.of(
                    fault("its effect fails once", true, Fault.EFFECT_FAILS_BEFORE, 1),
                    fault("its effect fails always", false, Fault.EFFECT_FAILS_BEFORE, ALWAYS),
                    fault("its answer is lost once", true, Fault.EFFECT_FAILS_AFTER, 1),
                    fault("its answer is lost always", false, Fault.EFFECT_FAILS_AFTER, ALWAYS),
                    fault("its effect is late once", true, Fault.EFFECT_DELAYED, 1),
                    fault(
                            "its effect comes twice, the second time late",
                            true,
                            Fault.EFFECT_REPEATED_LATE,
                            1),
                    fault("it is said to be done, and is not", false, Fault.EFFECT_LIES, 1),
                    fault("its effect is overtaken by the next", true, Fault.EFFECT_OVERTAKEN, 1),
                    fault("two probes are lost", true, Fault.PROBE_LOST, 2),
                    fault("no probe is answered", false, Fault.PROBE_LOST, ALWAYS),
                    fault(
                            "the controller dies before it appends",
                            true,
                            Fault.CONTROLLER_DIES_BEFORE_APPEND,
                            1),
                    fault(
                            "the controller dies after it appended",
                            true,
                            Fault.CONTROLLER_DIES_AFTER_APPEND,
                            1),
                    fault(
                            "the controller dies again and again",
                            false,
                            Fault.CONTROLLER_DIES_AFTER_APPEND,
                            5),
                    fault("the controller pauses before it acts", true, Fault.CONTROLLER_PAUSES, 1),
                    new Trouble(
                            "the controller is away for longer than a step may take",
                            true,
                            (desk, _) -> desk.away(Duration.ofSeconds(12))),
                    fault("a write is torn", true, Fault.TORN_WRITE, 1),
                    fault("the disk is full for a while", true, Fault.DISK_FULL, 1),
                    new Trouble(
                            "the giving side dies",
                            false,
                            (desk, course) -> kill(desk, from(desk, course))),
                    new Trouble(
                            "the giving side hangs",
                            false,
                            (desk, course) -> pause(desk, from(desk, course))),
                    new Trouble(
                            "the taking side dies",
                            false,
                            (desk, course) -> kill(desk, to(desk, course))),
                    new Trouble(
                            "the taking side hangs",
                            false,
                            (desk, course) -> pause(desk, to(desk, course))),
                    new Trouble(
                            "the host is out of reach for a while",
                            false,
                            (desk, _) -> desk.world.unreachableUntil = desk.now().plusSeconds(3)),
                    new Trouble(
                            "the clock jumps",
                            false,
                            (desk, _) -> desk.jumpClock(Duration.ofSeconds(30))),
                    new Trouble(
                            "somebody aborts",
                            false,
                            (desk, course) -> desk.ask((state, at) -> abort(state, at, course))));

    /// An abort of the service that the course is of; nothing when it is over already.
    private static List<Event> abort(Desk desk, Instant at, Course course) {
        return desk.services().values().stream()
                .filter(one -> one.courses().anyMatch(other -> other.id().equals(course.id())))
                .flatMap(
                        one ->
                                SimulatedDesk.intents(desk, at)
                                        .abort(one.roster().service())
                                        .stream())
                .toList();
    }

    private Trouble(String name, boolean isPassing, BiConsumer<SimulatedDesk, Course> strike) {
        this(name, isPassing, false, Set.of(), strike);
    }

    private static Trouble fault(String name, boolean isPassing, Fault fault, int times) {
        return new Trouble(
                name,
                isPassing,
                EFFECTS.contains(fault),
                Set.of(fault),
                (desk, _) -> desk.chance.strike(fault, times));
    }

    /// Of several the one that began first.
    private static Optional<String> from(SimulatedDesk desk, Course course) {
        return course.from()
                .or(() -> other(desk, course, one -> !one.equals(course.release())).findFirst());
    }

    /// Of several the one that began last.
    private static Optional<String> to(SimulatedDesk desk, Course course) {
        return course.to()
                .or(() -> other(desk, course, course.release()::equals).reduce((_, last) -> last));
    }

    private static Stream<String> other(
            SimulatedDesk desk, Course course, Predicate<Release> which) {
        return desk.system.services().stream()
                .filter(one -> course.isOfMany() && Strategies.isOfMany(one))
                .map(one -> desk.service(one.name()).roster())
                .flatMap(one -> one.instances().entrySet().stream())
                .filter(one -> which.test(one.getValue()))
                .map(Map.Entry::getKey);
    }

    private static void kill(SimulatedDesk desk, Optional<String> instance) {
        instance.map(desk.world.instances::get).ifPresent(one -> one.isAlive = false);
    }

    private static void pause(SimulatedDesk desk, Optional<String> instance) {
        instance.map(desk.world.instances::get).ifPresent(one -> one.isPaused = true);
    }

    @Override
    public String toString() {
        return name;
    }
}
