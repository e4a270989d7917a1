package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.RolloutEvent.TurnedBack;
import dev.pitcrew.deploy.StepTaken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What hurts the users of other tools, and must not here. Each is named after the thread in which they tell of it; docs/outages.md has all of
/// them, with those that wait for something that is not built yet.
class ThreadsTest extends Scenario {
    @BeforeEach
    void every_service_serves_version_1() {
        desk.system.services().forEach(one -> desk.deploy(one.name(), "1"));
        desk.run(Duration.ofSeconds(5));
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

    /// https://github.com/argoproj/argo-rollouts/issues/1690: a second update during a first one left both undone. Here it waits to be asked for
    /// again, and then goes through.
    @Test
    void argo_1690() {
        desk.deploy("gateway", "4-never-ready");
        desk.run(Duration.ofSeconds(1));
        var second = desk.answer(desk.deployment("gateway", "2"));
        desk.run(Duration.ofMillis(100));
        assertThat(second.exceptionNow()).hasMessageContaining("is underway");
        desk.ask((state, at) -> SimulatedDesk.intents(state, at).abort("gateway"));
        assertThat(ended("gateway").outcome()).isEqualTo(Outcome.ABORTED);

        assertThat(changed("gateway", "2").outcome()).isEqualTo(Outcome.DONE);
    }

    /// https://github.com/argoproj/argo-rollouts/issues/1774: a change that could not go on because the old version was broken. Here the broken
    /// one is replaced first, and the change is asked for again.
    @Test
    void argo_1774() {
        desk.active("gateway").isPaused = true;
        var end = changed("gateway", "2");
        assertThat(end.outcome()).isEqualTo(Outcome.GATED);
        assertThat(end.reason())
                .isEqualTo("the active instance was lost before anything was changed");
        assertThat(desk.service("gateway").roster().active()).contains("gateway-2");

        assertThat(changed("gateway", "2").outcome()).isEqualTo(Outcome.DONE);
    }

    /// https://github.com/argoproj/argo-rollouts/issues/3110: the same, when the change had begun to take the old one's place.
    @Test
    void argo_3110() {
        desk.deploy("gateway", "2");
        at("drain");
        desk.active("gateway").isAlive = false;

        assertThat(ended("gateway").outcome()).isEqualTo(Outcome.DONE);
        assertThat(serving("gateway")).isEqualTo("2");
    }

    /// https://github.com/argoproj/argo-rollouts/issues/3256: the number of instances changed while a change was underway.
    @Test
    void argo_3256() {
        desk.deploy("gateway", "2");
        at("bake");
        desk.world.instance("gateway-2").isAlive = false;

        assertThat(ended("gateway").outcome()).isEqualTo(Outcome.DONE);
        assertThat(desk.service("gateway").roster().running(World.release("2"))).hasSize(2);
    }

    /// https://github.com/argoproj/argo-rollouts/issues/3888: an abort sent all traffic at once to instances that had to start first.
    @Test
    void argo_3888() {
        desk.deploy("gateway", "2");
        at("bake");
        desk.ask((state, at) -> SimulatedDesk.intents(state, at).abort("gateway"));

        assertThat(ended("gateway").outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(desk.service("gateway").roster().active()).contains("gateway-1");
        assertThat(wayBack("gateway")).doesNotHaveAnyElementsOfTypes(Effect.Start.class);
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

    /// https://github.com/argoproj/argo-rollouts/issues/1905 and https://github.com/fluxcd/flagger/issues/1353: no data always failed, also where
    /// nobody had asked for any. A service that declares no objective is watched for its health alone.
    @Test
    void argo_1905_and_flagger_1353() {
        assertThat(desk.system.service("strategy").objectives()).isEmpty();
        assertThat(changed("strategy", "2-unused").outcome()).isEqualTo(Outcome.DONE);
    }

    /// https://github.com/fluxcd/flagger/issues/1090: a version without traffic stayed in between for ever.
    @Test
    void flagger_1090() {
        desk.deploy("gateway", "2-unused");
        var began = desk.now();
        desk.run(Duration.ofMillis(100));
        desk.runUntil(ENOUGH, () -> !desk.service("gateway").isChanging());

        assertThat(Duration.between(began, desk.now())).isLessThan(Duration.ofSeconds(25));
        assertThat(desk.active("gateway").name).isEqualTo("gateway-1");
    }

    /// https://github.com/spinnaker/kayenta/issues/521 and https://github.com/argoproj/argo-rollouts/issues/2087: nobody could tell why a version was
    /// turned down. Here the verdict has its numbers, in a sentence.
    @Test
    void kayenta_521_and_argo_2087() {
        assertThat(changed("gateway", "9-slow").reason())
                .isEqualTo("bake: 5.00 % of 1000 requests are slow, the limit is 2.00 %");
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

    /// https://github.com/Azure/azure-container-apps/issues/1129, https://github.com/argoproj/argo-rollouts/issues/438 and
    /// https://github.com/fluxcd/flagger/issues/375: consumers and singletons that can't have a second one beside them even for a moment.
    @Test
    void azure_1129_argo_438_and_flagger_375() throws Exception {
        playOn(ALONE);
        first("consumer");
        var most = new AtomicLong();
        desk.every(Duration.ofMillis(1), () -> most.accumulateAndGet(alive("consumer"), Math::max));

        assertThat(changed("consumer", "2").outcome()).isEqualTo(Outcome.DONE);
        assertThat(alive("consumer")).isEqualTo(1);
        assertThat(most).hasValue(1);
    }

    /// Kamal starts the new container before it ends the old one, for every role. Of a gateway both run, and the new one may send once the old one
    /// has said that it does not.
    @Test
    void kamal_overlap() {
        var overlap = new AtomicLong();
        desk.every(
                Duration.ofMillis(1),
                () ->
                        overlap.accumulateAndGet(
                                desk.world.instances.values().stream()
                                        .filter(one -> one.service.equals("gateway"))
                                        .filter(one -> one.isAlive && one.isActive)
                                        .count(),
                                Math::max));
        assertThat(changed("gateway", "2").outcome()).isEqualTo(Outcome.DONE);

        var confirmed =
                events(EffectConfirmed.class)
                        .filter(one -> one.course().equals(course("gateway", "2")))
                        .map(EffectConfirmed::effect)
                        .map(Object::getClass)
                        .toList();
        assertThat(confirmed)
                .containsSubsequence(
                        Effect.Start.class, Effect.Deactivate.class, Effect.Activate.class);
        assertThat(overlap).hasValue(1);
    }

    /// Kamal leaves the others on the new version when one host fails. Here nothing of a version that was turned down lives on.
    @Test
    void kamal_one_host() {
        assertThat(changed("gateway", "10-rejects").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        desk.run(ENOUGH);

        assertThat(
                        desk.world.instances.values().stream()
                                .filter(one -> one.service.equals("gateway") && one.isAlive)
                                .map(one -> one.version))
                .containsExactly("1", "1");
    }

    /// kamal-proxy holds requests while it switches, and so do we: none is turned away for a handoff.
    @Test
    void kamal_proxy_pause() {
        desk.run(Duration.ofSeconds(1));
        var before = desk.world.orders.refused;

        assertThat(changed("gateway", "2").outcome()).isEqualTo(Outcome.DONE);

        assertThat(desk.world.orders.held).isPositive();
        assertThat(desk.world.orders.refused).as("turned away since").isEqualTo(before);
    }

    /// https://github.com/hashicorp/nomad/issues/10465: one allocation that never got ready kept a deployment for ever.
    @Test
    void nomad_10465() {
        var began = desk.now();
        desk.deploy("gateway", "4-never-ready");
        desk.run(Duration.ofMillis(100));
        desk.runUntil(ENOUGH, () -> !desk.service("gateway").isChanging());

        var most = desk.system.service("gateway").rollout().readyLimit().plusSeconds(5);
        assertThat(Duration.between(began, desk.now())).isLessThan(most);
        assertThat(end("gateway").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(end("gateway").reason()).contains("is not ready");
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

    /// https://github.com/spinnaker/spinnaker/issues/4426: stages were lost when the database was away for a while.
    @Test
    void spinnaker_4426() {
        desk.deploy("gateway", "2");
        at("hold");
        desk.chance.strike(Fault.DISK_FULL, 1);

        assertThat(ended("gateway").outcome()).isEqualTo(Outcome.DONE);
        assertThat(desk.chance.reached()).contains(Fault.DISK_FULL);
        var course = course("gateway", "2");
        var taken =
                events(StepTaken.class)
                        .filter(one -> one.course().equals(course))
                        .map(StepTaken::index)
                        .toList();
        assertThat(taken).isEqualTo(IntStream.range(0, taken.size()).boxed().toList());
        assertThat(taken).hasSize(rollout("gateway").plan().forward().size());
    }

    /// https://github.com/fluxcd/flagger/issues/1931: all traffic went to the broken side, and the healthy one was deleted.
    @Test
    void flagger_1931() {
        assertThat(changed("gateway", "10-rejects").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(serving("gateway")).isEqualTo("1");
        assertThat(desk.world.route("gateway").targets)
                .containsExactly(desk.active("gateway").name);
    }

    /// https://github.com/fluxcd/flagger/issues/1932: when the promoted side broke, the healthy one was gone already.
    @Test
    void flagger_1932() {
        desk.deploy("gateway", "2");
        at("bake");
        desk.active("gateway").isAlive = false;

        assertThat(ended("gateway").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(desk.active("gateway").name).isEqualTo("gateway-1");
        assertThat(effects("gateway"))
                .doesNotContain(new Effect.Stop("gateway-1"), new Effect.Kill("gateway-1"));
    }

    /// https://github.com/moby/moby/issues/34111: a way back restarted what was healthy.
    @Test
    void moby_34111() {
        changed("gateway", "9-slow");
        assertThat(desk.service("gateway").roster().active()).contains("gateway-1");
        assertThat(effects("gateway")).doesNotContain(new Effect.Stop("gateway-1"));
    }

    /// https://github.com/moby/moby/issues/43081: the same when an operator goes back: who is warm takes over, and nobody is started for it.
    @Test
    void moby_43081() {
        assertThat(changed("gateway", "2").outcome()).isEqualTo(Outcome.DONE);
        var warm = desk.service("gateway").roster().running(World.release("1")).toList();
        rollBack("gateway");

        assertThat(ended("gateway").outcome()).isEqualTo(Outcome.DONE);
        assertThat(desk.service("gateway").roster().active()).contains(warm.getFirst());
        assertThat(effects("gateway", course("gateway", "1")))
                .doesNotHaveAnyElementsOfTypes(Effect.Start.class);
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

    private static final String ALONE =
            """
            system: alone
            services:
              consumer:
                role: other
                command: [run]
                ports: {http: auto}
                probes: {every: 100ms, timeout: 300ms, limit: 1s, ready: {http: /ready}}
                rollout: {strategy: stop-start, readyLimit: 10s, bake: 1s}
            environments:
              demo: {runtime: local, kind: demo, balancer: built-in, approval: none, windows: always, gates: {diskFree: 1B}}
            """;

    private long alive(String service) {
        return desk.world.instances.values().stream()
                .filter(one -> one.service.equals(service) && one.isAlive)
                .count();
    }

    private Rollout rollout(String service) {
        return desk.service(service).rollout().orElseThrow();
    }

    /// The course of the last rollout, which led to a version.
    private String course(String service, String version) {
        assertThat(rollout(service).plan().to().version()).isEqualTo(version);
        return rollout(service).id() + "/forward";
    }

    private List<Effect> effects(String service, String course) {
        return events(EffectIntended.class)
                .filter(one -> one.service().equals(service) && one.course().equals(course))
                .map(EffectIntended::effect)
                .toList();
    }

    /// What was done to come back from the last rollout.
    private List<Effect> wayBack(String service) {
        var back =
                events(TurnedBack.class)
                        .filter(one -> one.service().equals(service))
                        .map(TurnedBack::course)
                        .map(Course::id)
                        .toList()
                        .getLast();
        return effects(service, back);
    }
}
