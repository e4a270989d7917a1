package dev.pitcrew.deploy;

import dev.pitcrew.deploy.KeepEvent.InstanceLost;
import dev.pitcrew.deploy.KeepEvent.MendBegun;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Token;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One service as a test wants it, by the events that made it so and by what is seen of it now.
final class Stage {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Release ONE = release("1");
    static final Release TWO = release("2");

    private static final KeepDecider KEEPER = new KeepDecider();

    final Service service;
    final List<Event> events = new ArrayList<>();
    private final Map<String, InstanceFacts> instances = new HashMap<>();
    private Observed<TrafficFacts> traffic = Observed.unknown();
    private ServiceState state;
    private Instant now = NOON;

    private Stage(Service service) {
        this.service = service;
        this.state = ServiceState.empty(service.name());
    }

    /// A service of which nothing runs.
    static Stage of(Service service) {
        return new Stage(service);
    }

    /// A gateway that serves version 1: `gateway-1` is active under token 1, `gateway-2` stands by.
    static Stage serving() {
        return serving(TestingServices.gateway());
    }

    static Stage serving(Service service) {
        var stage = new Stage(service);
        stage.approve(ONE);
        stage.started(stage.name(1), "1");
        stage.started(stage.name(2), "1");
        stage.done(new Effect.Activate(stage.name(1), new Token(1)));
        return stage.sees(stage.name(1), true).sees(stage.name(2), false).holding(false);
    }

    static Release release(String version) {
        return new Release(
                version,
                "digest-of-" + version,
                "",
                "",
                new StateFormats("orders-1", Set.of("orders-1")));
    }

    String name(int number) {
        return service.name() + "-" + number;
    }

    Keep keep() {
        return state.keep();
    }

    ServiceState state() {
        return state;
    }

    Stage after(Duration time) {
        now = now.plus(time);
        return this;
    }

    Instant now() {
        return now;
    }

    /// A release serves, by a change that was approved.
    Stage approve(Release release) {
        return change(release, Plan.Purpose.CHANGE, RolloutEvent.Outcome.DONE);
    }

    /// A change, from its plan to its end.
    Stage change(Release release, Plan.Purpose purpose, RolloutEvent.Outcome outcome) {
        var id = plan(release, purpose);
        return happens(
                new RolloutEvent.Finished(
                        now, service.name(), id, outcome, "it came so", "look at it"));
    }

    /// A change that has begun, and has touched nothing yet.
    Stage begin(Release release) {
        var id = plan(release, Plan.Purpose.CHANGE);
        var steps = List.<Step>of(new Step.Warm(Duration.ofSeconds(5)));
        var course =
                Course.begin(
                        id + "/forward",
                        state.roster().active(),
                        Optional.empty(),
                        release,
                        steps,
                        now);
        return happens(new RolloutEvent.Started(now, service.name(), id, course, "none", ""));
    }

    private String plan(Release release, Plan.Purpose purpose) {
        var need =
                new ApprovalNeed(
                        ApprovalNeed.Rule.NONE, Duration.ZERO, Duration.ofHours(1), "hash", false);
        var plan =
                new Plan(
                        service.name(),
                        "demo",
                        terms().system(),
                        purpose,
                        "handoff",
                        state.keep().approved(),
                        release,
                        List.of(),
                        List.of(),
                        need,
                        List.of(),
                        List.of());
        var id = "r" + events.size();
        happens(new RolloutEvent.Planned(now, service.name(), id, plan, "ada", ""));
        return id;
    }

    Stage started(String instance, String version) {
        var course =
                Course.begin(
                        "before",
                        Optional.empty(),
                        Optional.empty(),
                        release(version),
                        List.of(),
                        now);
        happens(new RolloutEvent.Started(now, service.name(), "before", course, "none", ""));
        return done(new Effect.Start(instance, version));
    }

    /// An effect, outside of any course.
    Stage done(Effect effect) {
        happens(new EffectIntended(now, service.name(), "before", effect, 1));
        return happens(new EffectConfirmed(now, service.name(), "before", effect, "done"));
    }

    Stage happens(Event event) {
        events.add(event);
        state = state.fold(event);
        return this;
    }

    /// It answers: ready, active or passive, with the newest token and the digest of its version.
    Stage sees(String instance, boolean active) {
        var version = state.roster().versionOf(instance).orElse("1");
        return sees(
                instance,
                facts(true, active, state.roster().token().value(), "digest-of-" + version));
    }

    Stage sees(String instance, InstanceFacts facts) {
        instances.put(instance, facts);
        return this;
    }

    Stage seesDead(String instance) {
        return sees(instance, with(InstanceFacts.UNKNOWN, ProcessState.DEAD, Optional.empty()));
    }

    /// It lives, by what its host says, and has not answered for a minute.
    Stage seesHanging(String instance) {
        return silent(instance, ProcessState.RUNNING);
    }

    /// It was seen a moment ago, and did not answer since.
    Stage missesProbe(String instance) {
        var before = instances.getOrDefault(instance, InstanceFacts.UNKNOWN);
        var silence = Optional.of(new Spell(now, 1));
        return sees(instance, with(before, ProcessState.RUNNING, silence));
    }

    /// Its host does not answer, and neither does it.
    Stage seesUnreachable(String instance) {
        return silent(instance, ProcessState.UNREACHABLE);
    }

    private Stage silent(String instance, ProcessState process) {
        var silence = Optional.of(new Spell(now.minusSeconds(60), 9));
        return sees(instance, with(InstanceFacts.UNKNOWN, process, silence));
    }

    /// What the balancer says of new orders.
    Stage holding(boolean isHolding) {
        return routing(isHolding, state.roster().active().stream().toArray(String[]::new));
    }

    /// What the balancer says of new orders, and where it sends them.
    Stage routing(boolean isHolding, String... targets) {
        traffic = seen(new TrafficFacts(List.of(targets), isHolding));
        return this;
    }

    /// It has said for a minute that it is passive.
    Stage seesLapsed(String instance) {
        return seesLapsed(instance, seen(false));
    }

    /// The same, with what it says of its kill latch.
    Stage seesLapsed(String instance, Observed<Boolean> killed) {
        var spell = Optional.of(new Spell(now.minusSeconds(60), 600));
        var token = state.roster().token().value();
        return sees(instance, facts(true, false, token, "digest-of-1", spell, killed));
    }

    InstanceFacts facts(boolean ready, boolean active, long token, String digest) {
        return facts(ready, active, token, digest, Optional.empty(), seen(false));
    }

    private InstanceFacts facts(
            boolean ready,
            boolean active,
            long token,
            String digest,
            Optional<Spell> passivity,
            Observed<Boolean> killed) {
        return new InstanceFacts(
                seen(ProcessState.RUNNING),
                Optional.empty(),
                passivity,
                seen(ready),
                seen(active),
                seen(token),
                seen(digest),
                Observed.unknown(),
                Observed.unknown(),
                seen(active),
                seen(0L),
                seen(0L),
                seen(0L),
                killed,
                Observed.unknown(),
                seen(0L),
                seen(0L),
                seen(0L));
    }

    /// The same, with so many orders open.
    InstanceFacts withOpenOrders(InstanceFacts facts, long open) {
        return new InstanceFacts(
                facts.process(),
                facts.silence(),
                facts.passivity(),
                facts.ready(),
                facts.active(),
                facts.token(),
                facts.binary(),
                facts.configuration(),
                facts.flags(),
                facts.session(),
                facts.unanswered(),
                facts.inDoubt(),
                seen(open),
                facts.killed(),
                facts.feedAgeMillis(),
                facts.requests(),
                facts.errors(),
                facts.slow());
    }

    private InstanceFacts with(InstanceFacts facts, ProcessState process, Optional<Spell> silence) {
        return new InstanceFacts(
                seen(process),
                silence,
                facts.passivity(),
                facts.ready(),
                facts.active(),
                facts.token(),
                facts.binary(),
                facts.configuration(),
                facts.flags(),
                facts.session(),
                facts.unanswered(),
                facts.inDoubt(),
                facts.openOrders(),
                facts.killed(),
                facts.feedAgeMillis(),
                facts.requests(),
                facts.errors(),
                facts.slow());
    }

    <T> Observed<T> seen(T value) {
        return new Observed<>(value, now);
    }

    Facts facts() {
        return new Facts(
                now,
                instances,
                Map.of(),
                Map.of(service.name(), traffic),
                Map.of(),
                new Observed<>(Map.of(), now));
    }

    Situation situation() {
        return Situation.of(service, state, facts(), terms());
    }

    private static Terms terms() {
        var system = TestingServices.system();
        return Terms.of(system, system.environments().getFirst());
    }

    /// What the keeper decides now. It is appended.
    List<Event> decide() {
        var decided = KEEPER.next(new KeepDecider.Kept(state.keep(), state.rollout()), situation());
        decided.forEach(this::happens);
        return decided;
    }

    /// The effects that the keeper intends now.
    List<Effect> acts() {
        return decide().stream()
                .filter(EffectIntended.class::isInstance)
                .map(event -> ((EffectIntended) event).effect())
                .toList();
    }

    /// What is underway is done, as its outcome says.
    Stage confirm() {
        return outcome(
                (course, effect) ->
                        new EffectConfirmed(now, service.name(), course.id(), effect, "done"));
    }

    Stage fail(String reason) {
        return outcome(
                (course, effect) ->
                        new EffectFailed(now, service.name(), course.id(), effect, reason));
    }

    private Stage outcome(java.util.function.BiFunction<Course, Effect, Event> made) {
        var course = state.keep().mend().orElseThrow();
        return happens(made.apply(course, course.outstanding().orElseThrow()));
    }

    /// So many instances were lost a moment ago.
    Stage lost(int times) {
        for (int i = 0; i < times; i++) {
            happens(new InstanceLost(now, service.name(), "gone-" + i, "died"));
        }
        return this;
    }

    /// The keeper takes a course that has come to its last step, which fails.
    Stage mendFailed(List<Step> steps, Optional<String> from, Optional<String> to, Purpose why) {
        var course = Course.begin("mend", from, to, ONE, steps, now);
        happens(new MendBegun(now, service.name(), course, why, "test"));
        for (int i = 0; i < steps.size() - 1; i++) {
            happens(new StepTaken(now, service.name(), "mend", i, "done"));
        }
        return happens(
                new StepFailed(now, service.name(), "mend", steps.size() - 1, "it went wrong"));
    }
}
