package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.model.Shadow;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    /// @param system whose services they are
    record Act(
            String name,
            String service,
            Consumer<SimulatedDesk> begin,
            String version,
            Supplier<TradingSystem> system) {
        Act(String name, String service, Consumer<SimulatedDesk> begin, String version) {
            this(name, service, begin, version, TestingServices::system);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// A step of a course, in the order of the plan.
    ///
    /// @param acts whether it has an effect when nothing goes wrong
    private record At(String course, int index, String step, boolean acts) {
        static At of(Course now, boolean acts) {
            return new At(now.id(), now.index(), now.step().name(), acts);
        }

        /// Whether the trouble can strike here: a step without an effect has none to lose, and a stop gets a real answer.
        boolean fears(Trouble trouble) {
            return !trouble.needsEffect()
                    || (acts && !(isStop() && trouble.faults().contains(Fault.EFFECT_LIES)));
        }

        private boolean isStop() {
            return step.equals("stop")
                    || step.equals("end-shadow")
                    || (step.equals("shrink") && course.endsWith("/back"));
        }

        boolean is(Course now) {
            return now.id().equals(course) && now.index() == index;
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
                new Act("re-arm after a kill", "gateway", PlanLawsTest::killAndRearm, "1"),
                many(StrategyName.ROLLING, "2", "2"),
                many(StrategyName.ROLLING, "10-rejects", "1"),
                many(StrategyName.BLUE_GREEN, "2", "2"),
                many(StrategyName.BLUE_GREEN, "10-rejects", "1"),
                many(StrategyName.CANARY, "2", "2"),
                many(StrategyName.CANARY, "10-rejects", "1"),
                many(StrategyName.CANARY, "4-never-ready", "1"),
                shadow(Shadow.Then.HANDOFF, "2", "2"),
                shadow(Shadow.Then.HANDOFF, "4-never-ready", "1"),
                shadow(Shadow.Then.NOTHING, "2", "1"));
    }

    private static Act many(StrategyName strategy, String version, String end) {
        return new Act(
                strategy + " to " + version,
                "prices",
                desk -> desk.deploy("prices", version),
                end,
                () -> TestingServices.with(strategy, 2));
    }

    private static Act shadow(Shadow.Then then, String version, String end) {
        return new Act(
                "shadow, then " + then + ", of " + version,
                "strategy",
                desk -> desk.deploy("strategy", version),
                end,
                () -> TestingServices.shadowing(then));
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
                        .flatMap(
                                at ->
                                        Trouble.ALL.stream()
                                                .filter(at::fears)
                                                .flatMap(one -> wrong(act, at, one)))
                        .toList();
        assertThat(wrong).isEmpty();
    }

    /// What is wrong with the end; nothing when nothing is.
    private static Stream<String> wrong(Act act, At at, Trouble trouble) {
        var what = "%s, at %s of %s %s: ".formatted(act, at.step(), at.course(), trouble);
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
        var desk = ready(act);
        var steps = new ArrayList<At>();
        var acting = new HashSet<At>();
        desk.onStep(course -> steps.add(At.of(course, true)));
        desk.onEffect(course -> acting.add(At.of(course, true)));
        act.begin().accept(desk);
        desk.run(LONG);
        assertThat(end(desk, act.service())).as(act.name()).isEqualTo(act.version());
        return steps.stream()
                .filter(at -> at.course().startsWith(act.service()) || isRollout(at.course()))
                .map(at -> new At(at.course(), at.index(), at.step(), acting.contains(at)))
                .toList();
    }

    private static boolean isRollout(String course) {
        return course.matches("r\\d+/.*");
    }

    private static String run(Act act, At at, Trouble trouble) {
        var desk = ready(act);
        var struck = new AtomicBoolean();
        Consumer<Course> strike =
                course -> {
                    if (at.is(course) && struck.compareAndSet(false, true)) {
                        trouble.strike().accept(desk, course);
                    }
                };
        if (trouble.needsEffect()) {
            desk.onEffect(strike);
        } else {
            desk.onStep(strike);
        }
        act.begin().accept(desk);
        desk.run(TROUBLE);
        if (!struck.get() || !desk.chance.reached().containsAll(trouble.faults())) {
            throw new InvariantBroken(Invariant.LAWFUL, "the trouble never struck");
        }
        desk.healAndCheck(HEALED);
        return end(desk, act.service());
    }

    private static SimulatedDesk ready(Act act) {
        var desk = new SimulatedDesk(Chance.none(), act.system().get());
        desk.system.services().forEach(one -> desk.deploy(one.name(), "1"));
        desk.run(Duration.ofSeconds(5));
        return desk;
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
        desk.world.killFlow("gateway");
        desk.run(Duration.ofSeconds(1));
        desk.ask(
                (state, at) ->
                        SimulatedDesk.intents(state, at)
                                .rearm(desk.planner(state, at), desk.system.service("gateway")));
    }
}
