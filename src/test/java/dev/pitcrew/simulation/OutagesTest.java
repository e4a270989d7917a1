package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What went wrong at others, and must not here. Each is named after the outage, or after the thread in which users of another tool tell of it.
class OutagesTest {
    private static final Duration ENOUGH = Duration.ofSeconds(40);

    private final SimulatedDesk desk = new SimulatedDesk(Chance.none());

    @BeforeEach
    void every_service_serves_version_1() {
        desk.system.services().forEach(one -> desk.deploy(one.name(), "1"));
        desk.run(Duration.ofSeconds(5));
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// One of eight servers ran other code than approved.
    @Test
    void knight_capital_2012() {
        assertThat(changed("gateway", "8-wrong-digest").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(routedEver("gateway")).containsExactly("gateway-1");
    }

    /// Orders were sent again when no acknowledgement came. That none is sent twice is an invariant of the world.
    @Test
    void everbright_2013() {
        desk.deploy("gateway", "2");
        at("drain");
        desk.active("gateway").isAlive = false;
        desk.healAndCheck(ENOUGH);
        assertThat(desk.world.orders.withoutFate()).isEmpty();
    }

    /// The backup ran on, and the primary thought that the day had begun.
    @Test
    void nyse_2023() {
        var end = changed("gateway", "7-starts-active");
        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(end.reason()).contains("says that it is active, and nobody activated it");
        assertThat(desk.active("gateway").version).isEqualTo("1");
    }

    /// A second change on top of a first one that had gone wrong made it worse.
    @Test
    void nyse_2015() {
        desk.deploy("gateway", "4-never-ready");
        desk.run(Duration.ofSeconds(1));
        var second = desk.answer(desk.deployment("gateway", "3"));
        desk.run(Duration.ofSeconds(1));
        assertThatThrownBy(second::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("is underway; wait for its end or `pitcrew abort gateway`");
        desk.healAndCheck(ENOUGH);
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// The switch to the second side did not work, and nobody knew for a day.
    @Test
    void tse_2020() {
        desk.chance.strike(Fault.EFFECT_LIES, 1);
        desk.active("strategy").isAlive = false;
        desk.run(ENOUGH);
        var stuck = desk.service("strategy").keep().stuck();
        assertThat(stuck).isPresent();
        assertThat(stuck.get().name()).isEqualTo("activate not confirmed");
        assertThat(stuck.get().next()).contains("pitcrew rearm strategy");
    }

    /// It was solved by going over to the site that still ran the version before.
    @Test
    void cta_2024() {
        assertThat(changed("gateway", "2").outcome()).isEqualTo(Outcome.DONE);
        desk.run(Duration.ofMinutes(30));
        var warm = desk.service("gateway").roster().running(World.release("1")).toList();
        assertThat(warm).hasSize(1);
        desk.ask(
                (state, now) ->
                        SimulatedDesk.intents(state, now)
                                .rollback(
                                        desk.planner(state, now),
                                        desk.system.service("gateway"),
                                        Set.of()));
        desk.healAndCheck(ENOUGH);
        assertThat(desk.service("gateway").roster().active()).contains(warm.getFirst());
    }

    /// The active one was lost while the change to the next had only begun to warm.
    @Test
    void a_failover_comes_before_a_change_that_touched_nothing_yet() {
        desk.deploy("gateway", "2");
        at("warm");
        desk.active("gateway").isAlive = false;
        desk.healAndCheck(ENOUGH);
        assertThat(end("gateway").outcome()).isEqualTo(Outcome.GATED);
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// https://github.com/argoproj/argo-rollouts/issues/1292: an abort with nothing underway scaled down what served.
    @Test
    void argo_1292() throws Exception {
        var before = desk.journal.events.size();
        var answer =
                desk.answer((state, now) -> SimulatedDesk.intents(state, now).abort("gateway"));
        desk.run(Duration.ofSeconds(1));
        assertThat(answer.get()).isEmpty();
        assertThat(desk.journal.events).hasSize(before);
    }

    /// https://github.com/argoproj/argo-rollouts/issues/1774: a change that could not go on because the old version was broken.
    @Test
    void argo_1774() {
        desk.active("gateway").isPaused = true;
        assertThat(changed("gateway", "2").outcome()).isIn(Outcome.DONE, Outcome.GATED);
        assertThat(serving("gateway")).isIn("1", "2");
    }

    /// https://github.com/argoproj/argo-rollouts/issues/4128: what could not be started ignored its deadline.
    @Test
    void argo_4128() {
        desk.chance.strike(Fault.EFFECT_FAILS_BEFORE, 1000);
        assertThat(changed("gateway", "2").outcome()).isEqualTo(Outcome.REFUSED);
    }

    /// https://github.com/argoproj/argo-rollouts/issues/4479: no data passed, or no data always failed.
    @Test
    void argo_4479() {
        var end = changed("gateway", "2-unused");
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end.reason()).contains("0 requests seen, 20 are needed to judge");
    }

    /// https://github.com/argoproj/argo-rollouts/issues/3539: one that may not run twice overlapped with its successor. That two are
    /// never active is an invariant of the world; the strategy is not even started before the old one has ended.
    @Test
    void argo_3539() {
        assertThat(changed("strategy", "2").outcome()).isEqualTo(Outcome.DONE);
        var effects = effects("strategy");
        var ended = effects.indexOf(new Effect.Stop("strategy-1"));
        var started = effects.indexOf(new Effect.Start("strategy-3", "2"));
        assertThat(ended).isNotNegative().isLessThan(started);
    }

    /// https://github.com/spinnaker/spinnaker/issues/7921: a message that came again made a finished one run again.
    @Test
    void spinnaker_7921() {
        changed("gateway", "2");
        var before = desk.desk();
        var late =
                desk.journal.events.stream()
                        .filter(EffectConfirmed.class::isInstance)
                        .filter(one -> one.service().equals("gateway"))
                        .toList();
        assertThat(late).isNotEmpty();
        for (var event : late.reversed()) {
            var rollout = before.fold(event).service("gateway").rollout();
            assertThat(rollout).containsInstanceOf(Rollout.Over.class);
        }
    }

    /// https://github.com/fluxcd/flagger/issues/1931: all traffic went to the broken side, and the healthy one was deleted.
    @Test
    void flagger_1931() {
        assertThat(changed("gateway", "10-rejects").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(serving("gateway")).isEqualTo("1");
        assertThat(desk.world.route("gateway").targets)
                .containsExactly(desk.active("gateway").name);
    }

    /// https://github.com/moby/moby/issues/34111: a way back restarted what was healthy.
    @Test
    void moby_34111() {
        changed("gateway", "9-slow");
        assertThat(desk.service("gateway").roster().active()).contains("gateway-1");
        assertThat(effects("gateway")).doesNotContain(new Effect.Stop("gateway-1"));
    }

    /// https://github.com/akuity/kargo/issues/1328: no changes around earnings. What keeps the desk alive is no change.
    @Test
    void kargo_1328() {
        desk.ask((state, now) -> SimulatedDesk.intents(state, now).freeze());
        desk.run(Duration.ofSeconds(1));
        desk.deploy("gateway", "2");
        desk.active("strategy").isAlive = false;
        desk.healAndCheck(ENOUGH);
        assertThat(end("gateway").outcome()).isEqualTo(Outcome.GATED);
        assertThat(end("gateway").reason()).contains("freeze");
        assertThat(desk.service("strategy").roster().active()).contains("strategy-2");
    }

    /// What ended stuck while order flow was killed is armed again by one act.
    @Test
    void what_is_killed_and_stuck_can_be_armed_again() {
        desk.chance.strike(Fault.EFFECT_LIES, 1);
        desk.active("strategy").isAlive = false;
        desk.run(ENOUGH);
        desk.ask(
                (_, now) -> List.of(new DeskEvent.Killed(now, "strategy", "simon", "", false, "")));
        desk.run(Duration.ofSeconds(1));
        desk.ask(
                (state, now) ->
                        SimulatedDesk.intents(state, now)
                                .rearm(desk.planner(state, now), desk.system.service("strategy")));
        desk.healAndCheck(ENOUGH);
        assertThat(serving("strategy")).isEqualTo("1");
    }

    private Finished changed(String service, String version) {
        desk.deploy(service, version);
        desk.run(Duration.ofMillis(100));
        var isOver = desk.runUntil(ENOUGH, () -> !desk.service(service).isChanging());
        assertThat(isOver).as(service + " to " + version + " ended").isTrue();
        desk.healAndCheck(ENOUGH);
        return end(service);
    }

    private Finished end(String service) {
        return events(Finished.class)
                .filter(one -> one.service().equals(service))
                .toList()
                .getLast();
    }

    private void at(String step) {
        var isThere =
                desk.runUntil(
                        ENOUGH,
                        () ->
                                desk.service("gateway")
                                        .rollout()
                                        .flatMap(Rollout::underway)
                                        .filter(
                                                one ->
                                                        one.isUnderway()
                                                                && one.step().name().equals(step))
                                        .isPresent());
        assertThat(isThere).as("at " + step).isTrue();
    }

    private String serving(String service) {
        return desk.active(service).version;
    }

    private List<Effect> effects(String service) {
        return events(EffectIntended.class)
                .filter(one -> one.service().equals(service))
                .map(EffectIntended::effect)
                .toList();
    }

    private List<String> routedEver(String service) {
        return effects(service).stream()
                .flatMap(
                        effect ->
                                switch (effect) {
                                    case Effect.Route(var targets) -> targets.stream();
                                    case Effect.RouteBack(var targets) -> targets.stream();
                                    default -> Stream.<String>empty();
                                })
                .distinct()
                .toList();
    }

    private <E extends Event> Stream<E> events(Class<E> kind) {
        return desk.journal.events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
