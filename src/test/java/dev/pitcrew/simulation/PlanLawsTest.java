package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Step;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever goes wrong at whichever step of a plan: the desk serves what is approved, or it is stuck by name; and never, not for a moment,
/// does an invariant break. What passes by itself does not even keep the plan from its end.
class PlanLawsTest {
    private static final Duration LONG = Duration.ofSeconds(30); // than any plan takes
    private static final Duration TROUBLE = Duration.ofSeconds(15);
    private static final Duration HEALED = Duration.ofSeconds(30);

    /// A plan, from a desk of which every service serves version 1.
    ///
    /// @param service whose courses are looked at
    /// @param begin makes it begin
    /// @param version what serves when nothing goes wrong
    record Act(String name, String service, Consumer<SimulatedDesk> begin, String version) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// A step of a course, in the order of the plan.
    private record At(String course, int index, Step step) {
        boolean is(Course now) {
            return now.id().equals(course) && now.isUnderway() && now.index() == index;
        }
    }

    static Stream<Act> acts() {
        return Stream.of(
                deploy("gateway", "2", "2"),
                deploy("gateway", "10-rejects", "1"),
                deploy("strategy", "2", "2"),
                deploy("strategy", "4-never-ready", "1"),
                deploy("quotes", "2", "2"),
                new Act(
                        "failover of the gateway",
                        "gateway",
                        desk -> desk.active("gateway").isAlive = false,
                        "1"),
                new Act(
                        "failover of the strategy",
                        "strategy",
                        desk -> desk.active("strategy").isAlive = false,
                        "1"),
                new Act("a standby that died", "gateway", PlanLawsTest::killStandby, "1"),
                new Act("re-arm after a kill", "gateway", PlanLawsTest::killAndRearm, "1"));
    }

    private static Act deploy(String service, String version, String end) {
        return new Act(
                service + " to " + version, service, desk -> desk.deploy(service, version), end);
    }

    @ParameterizedTest
    @MethodSource("acts")
    void a_plan_survives_every_trouble_at_every_step(Act act) {
        var steps = steps(act);
        assertThat(steps).isNotEmpty();
        var wrong =
                steps.parallelStream()
                        .flatMap(at -> Trouble.ALL.stream().flatMap(one -> wrong(act, at, one)))
                        .toList();
        assertThat(wrong).isEmpty();
    }

    /// What is wrong with the end; nothing when nothing is.
    private static Stream<String> wrong(Act act, At at, Trouble trouble) {
        var what = "%s, at %s of %s %s: ".formatted(act, at.step().name(), at.course(), trouble);
        try {
            var end = run(act, at, trouble);
            return trouble.isPassing() && !end.equals(act.version())
                    ? Stream.of(what + end)
                    : Stream.empty();
        } catch (InvariantBroken broken) {
            return Stream.of(what + broken.getMessage());
        }
    }

    /// The steps that it takes when nothing goes wrong.
    private static List<At> steps(Act act) {
        var desk = begun(act);
        var steps = new LinkedHashSet<At>();
        desk.runUntil(
                LONG,
                () -> {
                    underway(desk.service(act.service()))
                            .map(one -> new At(one.id(), one.index(), one.step()))
                            .forEach(steps::add);
                    return false;
                });
        assertThat(end(desk, act.service())).as(act.name()).isEqualTo(act.version());
        return List.copyOf(steps);
    }

    private static String run(Act act, At at, Trouble trouble) {
        var desk = begun(act);
        desk.runUntil(LONG, () -> underway(desk.service(act.service())).anyMatch(at::is));
        underway(desk.service(act.service()))
                .filter(at::is)
                .findFirst()
                .ifPresent(course -> trouble.strike().accept(desk, course));
        desk.run(TROUBLE);
        desk.healAndCheck(HEALED);
        return end(desk, act.service());
    }

    private static SimulatedDesk begun(Act act) {
        var desk = new SimulatedDesk(Chance.none());
        desk.system.services().forEach(one -> desk.deploy(one.name(), "1"));
        desk.run(Duration.ofSeconds(5));
        act.begin().accept(desk);
        return desk;
    }

    private static Stream<Course> underway(ServiceState state) {
        return state.courses().filter(Course::isUnderway);
    }

    /// The version that serves, or why none does.
    private static String end(SimulatedDesk desk, String service) {
        var state = desk.service(service);
        var keep = state.keep();
        return keep.stuck()
                        .map(one -> "stuck: " + one.name() + ": " + one.reason())
                        .orElse(keep.approved().get().version())
                + (state.isKilled() ? ", killed" : "");
    }

    private static void killStandby(SimulatedDesk desk) {
        var roster = desk.service("gateway").roster();
        roster.instances().keySet().stream()
                .filter(one -> !roster.active().orElseThrow().equals(one))
                .forEach(one -> desk.world.instance(one).isAlive = false);
    }

    private static void killAndRearm(SimulatedDesk desk) {
        desk.ask((_, at) -> List.of(new DeskEvent.Killed(at, "gateway", "simon", "", false, "")));
        desk.world.instances.values().stream()
                .filter(one -> one.service.equals("gateway"))
                .forEach(one -> one.isActive = false);
        desk.run(Duration.ofSeconds(1));
        desk.ask(
                (state, at) ->
                        SimulatedDesk.intents(state, at)
                                .rearm(desk.planner(state, at), desk.system.service("gateway")));
    }
}
