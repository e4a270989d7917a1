package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Shadow;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What comes in between, with each strategy and at each kind of its steps: it is defined, and it ends. The invariants hold all the while, and at
/// the end what is approved serves. `PlanLawsTest` has more troubles, at each single step.
class EveryStrategyTest extends Scenario {
    private static final Duration HEALED = Duration.ofSeconds(8);

    private StrategyName strategy = StrategyName.HANDOFF;

    @ParameterizedTest
    @EnumSource
    void a_second_release_while_one_runs_is_refused_and_the_first_goes_on(StrategyName of) {
        atEveryStep(
                of,
                course -> {
                    if (course.index() + 1 == course.steps().size()) {
                        return; // by the time that it is asked for, the first one may be done
                    }
                    var answer = desk.answer(desk.deployment(service(), "3"));
                    desk.schedule.afterMillis(
                            500,
                            () ->
                                    assertThat(answer.exceptionNow())
                                            .hasMessageContaining("is underway; wait for its end"));
                },
                end -> assertThat(end.outcome()).isEqualTo(Outcome.DONE));
    }

    @ParameterizedTest
    @EnumSource
    void a_change_of_replicas_in_mid_rollout_is_followed_or_asks_for_a_new_plan(StrategyName of) {
        // More of those that were not touched yet are started by the next change alone; `ManyTest`
        // has the others.
        var replicas = Set.of(StrategyName.BLUE_GREEN, StrategyName.CANARY).contains(of) ? 1 : 3;
        atEveryStep(
                of,
                _ -> desk.schedule.afterMillis(1, () -> desk.becomes(system(of, replicas))),
                end -> {
                    assertThat(end.outcome()).isIn(Outcome.DONE, Outcome.GATED);
                    var approved = desk.service(service()).keep().approved().orElseThrow();
                    assertThat(instances(approved.version())).hasSize(replicas);
                });
    }

    /// It says nothing about the new one.
    @ParameterizedTest
    @EnumSource
    void a_stable_version_that_is_itself_broken_keeps_no_rollout_from_its_end(StrategyName of) {
        atEveryStep(
                of,
                _ -> desk.every(Duration.ofMillis(200), this::breakOld),
                end -> assertThat(end.outcome()).isIn(Outcome.DONE, Outcome.GATED, Outcome.STUCK));
    }

    private void breakOld() {
        if (desk.service(service()).isChanging()) {
            instances("1").forEach(one -> one.isAlive = false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_abort_in_every_state_leaves_the_old_version_or_came_too_late(StrategyName of) {
        atEveryStep(
                of,
                _ -> desk.ask((state, at) -> SimulatedDesk.intents(state, at).abort(service())),
                end -> {
                    assertThat(end.outcome()).isIn(Outcome.ABORTED, Outcome.DONE);
                    var approved = desk.service(service()).keep().approved().orElseThrow();
                    assertThat(approved.version())
                            .isEqualTo(end.outcome() == Outcome.ABORTED ? "1" : "2");
                });
    }

    /// Half of what runs dies at once.
    @ParameterizedTest
    @EnumSource
    void capacity_lost_in_mid_rollout_is_replaced_or_leads_back(StrategyName of) {
        atEveryStep(
                of,
                _ -> {
                    var all = new ArrayList<>(instances("1"));
                    all.addAll(instances("2"));
                    all.subList(0, (all.size() + 1) / 2).forEach(one -> one.isAlive = false);
                },
                end -> assertThat(end.outcome()).isNotNull());
    }

    /// Plays it once for each step that the strategy has.
    private void atEveryStep(
            StrategyName of, Consumer<Course> trouble, Consumer<Finished> expected) {
        strategy = of;
        var steps = steps();
        assertThat(steps).hasSizeGreaterThan(3);
        for (var step : steps) {
            playOn();
            var isStruck = new boolean[1];
            desk.onStep(
                    course -> {
                        if (step.equals(place(course)) && !isStruck[0]) {
                            isStruck[0] = true;
                            trouble.accept(course);
                        }
                    });
            desk.deploy(service(), "2");
            var end = endedSoon();
            assertThat(isStruck[0]).as(step).isTrue();
            expected.accept(end);
        }
    }

    private Set<String> steps() {
        playOn();
        var steps = new LinkedHashSet<String>();
        desk.onStep(
                course -> {
                    if (course.id().endsWith("/forward") && course.isUnderway()) {
                        steps.add(place(course));
                    }
                });
        desk.deploy(service(), "2");
        assertThat(endedSoon().outcome()).isEqualTo(Outcome.DONE);
        var kinds = new LinkedHashSet<String>();
        steps.removeIf(step -> !kinds.add(step.substring(step.lastIndexOf(' '))));
        return steps;
    }

    private Finished endedSoon() {
        desk.run(Duration.ofMillis(100));
        assertThat(desk.runUntil(ENOUGH, () -> !desk.service(service()).isChanging())).isTrue();
        desk.healAndCheck(HEALED);
        return end(service());
    }

    private static String place(Course course) {
        return course.isUnderway()
                ? course.id() + " " + course.index() + " " + course.step().name()
                : course.id();
    }

    private void playOn() {
        desk = new SimulatedDesk(Chance.none(), system(strategy, 2));
        first(service());
    }

    private String service() {
        return switch (strategy) {
            case HANDOFF -> "gateway";
            case STOP_START, SHADOW -> "strategy";
            case ROLLING, BLUE_GREEN, CANARY -> "prices";
        };
    }

    private static TradingSystem system(StrategyName of, int replicas) {
        var one =
                switch (of) {
                    case HANDOFF, STOP_START -> TestingServices.system();
                    case SHADOW -> TestingServices.shadowing(Shadow.Then.HANDOFF);
                    case ROLLING, BLUE_GREEN, CANARY -> TestingServices.with(of, replicas);
                };
        var services = new ArrayList<Service>();
        for (var service : one.services()) {
            services.add(
                    service.rollout().strategy() == of && service.replicas() > 1
                            ? TestingServices.with(service, replicas, service.rollout())
                            : service);
        }
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                services,
                one.stores(),
                one.feeds(),
                one.environments(),
                one.folder(),
                Digest.of(new byte[] {(byte) replicas}));
    }

    private List<FakeInstance> instances(String version) {
        return desk.world.instances.values().stream()
                .filter(one -> one.service.equals(service()) && one.isAlive)
                .filter(one -> one.version.equals(version))
                .toList();
    }
}
