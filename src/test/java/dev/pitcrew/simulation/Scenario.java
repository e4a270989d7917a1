package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Books;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Gate;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.OpenCheck;
import dev.pitcrew.deploy.OpenFacts;
import dev.pitcrew.deploy.OpenRow;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/// A desk to play on what went wrong at others, and the words for it.
abstract class Scenario {
    static final Duration ENOUGH = Duration.ofSeconds(40);
    private static final Duration SETTLED = Duration.ofSeconds(5);

    SimulatedDesk desk = new SimulatedDesk(Chance.none());
    private UnaryOperator<Facts> lens = UnaryOperator.identity();

    /// An order gateway in an environment with gates, where two people agree to each change; and eight instances that make quotes.
    static final String CAREFUL =
            """
            system: careful
            services:
              gateway:
                role: order-entry
                command: [run]
                replicas: 2
                ports: {http: auto}
                singleActive: {fence: [session, process], drain: {policy: hand-over, limit: 5s}, onFailure: standby, hangLimit: 500ms, twiceWithin: 20s}
                probes:
                  every: 100ms
                  timeout: 300ms
                  limit: 1s
                  ready: {http: /ready}
                  active: {http: /status, pointer: /active}
                  token: {http: /status, pointer: /token}
                  digest: {http: /status, pointer: /digest}
                  session: {http: /status, pointer: /session}
                  unanswered: {http: /status, pointer: /unanswered}
                  inDoubt: {http: /status, pointer: /inDoubt}
                  openOrders: {http: /status, pointer: /openOrders}
                  killed: {http: /status, pointer: /killed}
                hooks: {drain: {http: /hooks/drain}, activate: {http: /hooks/activate}, deactivate: {http: /hooks/deactivate}, kill: {http: /hooks/kill}, rearm: {http: /hooks/rearm}}
                rollout: {strategy: handoff, readyLimit: 10s, hold: {limit: 3s}, bake: 2s, keepWarm: 1h}
              quotes:
                role: other
                command: [run]
                replicas: 8
                ports: {http: auto}
                probes: {every: 100ms, timeout: 300ms, limit: 1s, ready: {http: /ready}, digest: {http: /status, pointer: /digest}}
                rollout: {strategy: stop-start, readyLimit: 10s, bake: 2s}
              lines:
                role: feed
                command: [run]
                ports: {http: auto}
                probes: {every: 100ms, timeout: 300ms, limit: 1s, ready: {http: /ready}, feedAge: {http: /status, pointer: /feedAgeMillis}}
                rollout: {strategy: stop-start}
            environments:
              demo:
                runtime: local
                kind: demo
                balancer: built-in
                approval: two-people
                windows: always
                gates: {diskFree: 1B, clockOffset: 50ms, killTestedWithin: 7d}
            """;

    @TempDir private Path folder;

    /// From here on another desk is played on, with these services and this environment, and version 1 of each.
    ///
    /// @param file a system file, whose environment is `demo`
    void playOn(String file) throws IOException {
        var path = Files.writeString(folder.resolve("pitcrew.yaml"), file);
        var system =
                switch (SystemFile.read(path)) {
                    case Read.Good<TradingSystem>(var whole) -> whole.in("demo");
                    case Read.Bad<TradingSystem>(var problems) ->
                            throw new AssertionError(problems);
                };
        desk = new SimulatedDesk(Chance.none(), system);
        lens = UnaryOperator.identity();
    }

    /// A careful desk whose gateway serves version 1, with all gates open.
    void playCarefully() throws IOException {
        playOn(CAREFUL);
        measures("feed", 20);
        measures("clock", 1);
        measures("killTested", 1);
        first("gateway");
    }

    /// The same, with the second operator's agreement.
    Finished changedByTwo(String service, String version) {
        desk.deploy(service, version);
        desk.run(Duration.ofMillis(100));
        approve(service, "anna");
        return ended(service);
    }

    /// Brings version 1 of a service up, whoever has to agree.
    void first(String service) {
        desk.deploy(service, "1");
        desk.run(Duration.ofMillis(100));
        if (isWaiting(service)) {
            approve(service, "anna");
        }
        desk.run(SETTLED);
        assertThat(desk.service(service).keep().approved()).isPresent();
    }

    boolean isWaiting(String service) {
        return desk.service(service)
                .rollout()
                .filter(Rollout.Waiting.class::isInstance)
                .isPresent();
    }

    /// An operator agrees to what waits.
    ///
    /// @throws AssertionError when it is refused; the message is the refusal
    void approve(String service, String by) {
        var hash = desk.service(service).rollout().orElseThrow().plan().approval().hash();
        var answer =
                desk.answer(
                        (state, at) ->
                                new Intents(state, at, by, "").approve(service, hash, false));
        desk.run(Duration.ofMillis(100));
        if (answer.isCompletedExceptionally()) {
            throw new AssertionError(answer.exceptionNow().getMessage());
        }
    }

    /// The last good release becomes active again, as an operator asks for it.
    void rollBack(String service) {
        desk.ask(
                (state, at) ->
                        SimulatedDesk.intents(state, at)
                                .rollback(
                                        desk.planner(state, at),
                                        desk.system.service(service),
                                        Set.of()));
        desk.run(Duration.ofMillis(100));
    }

    /// From now on the gate's measurement is this, again and again.
    void measures(String gate, double number) {
        measured(gate, at -> new Observed<>(new Gate.Measure(number, "a scenario"), at));
    }

    /// From now on nobody measures what the gate asks for.
    void measuresNothing(String gate) {
        measured(gate, _ -> Observed.unknown());
    }

    private void measured(String gate, Function<Instant, Observed<Gate.Measure>> what) {
        through(
                facts -> {
                    var measures = new HashMap<>(facts.measures());
                    measures.put(gate, what.apply(facts.at()));
                    return with(facts, facts.instances(), facts.reconciliations(), measures);
                });
    }

    /// From now on the two accounts of the gateway differ by an order.
    void booksDiffer() {
        through(
                facts -> {
                    var books =
                            new Books(
                                    Map.of("AAA", new Books.Holding(3, 100)),
                                    Map.of("AAA", new Books.Holding(2, 200)));
                    return with(
                            facts,
                            facts.instances(),
                            Map.of("gateway", new Observed<>(books, facts.at())),
                            facts.measures());
                });
    }

    /// From now on an instance says so of itself, as soon as it says anything.
    void says(String instance, UnaryOperator<InstanceFacts> what) {
        through(
                facts -> {
                    var instances = new HashMap<>(facts.instances());
                    instances.computeIfPresent(instance, (_, one) -> what.apply(one));
                    return with(facts, instances, facts.reconciliations(), facts.measures());
                });
    }

    /// What a start of day says now, of all rows of a name.
    List<OpenRow> startOfDay(String name) {
        return startOfDay(OpenFacts.UNKNOWN).stream()
                .filter(one -> one.name().equals(name))
                .toList();
    }

    /// What a start of day says now.
    List<OpenRow> startOfDay(OpenFacts more) {
        var environment = desk.system.environments().getFirst();
        return new OpenCheck(desk.system, environment, desk.desk(), desk.facts(), more).rows();
    }

    private void through(UnaryOperator<Facts> another) {
        var before = lens;
        lens = facts -> another.apply(before.apply(facts));
        desk.seesThrough(lens);
    }

    private static Facts with(
            Facts facts,
            Map<String, InstanceFacts> instances,
            Map<String, Observed<Books>> reconciliations,
            Map<String, Observed<Gate.Measure>> measures) {
        return new Facts(
                facts.at(),
                instances,
                reconciliations,
                facts.traffic(),
                measures,
                facts.unlisted());
    }

    /// The same with other digests.
    static UnaryOperator<InstanceFacts> runs(String binary, String configuration) {
        return one ->
                new InstanceFacts(
                        one.process(),
                        one.silence(),
                        one.passivity(),
                        one.ready(),
                        one.active(),
                        one.token(),
                        new Observed<>(binary, one.binary().at()),
                        new Observed<>(configuration, one.binary().at()),
                        one.flags(),
                        one.session(),
                        one.unanswered(),
                        one.inDoubt(),
                        one.openOrders(),
                        one.killed(),
                        one.feedAgeMillis(),
                        one.requests(),
                        one.errors(),
                        one.slow(),
                        one.duplicates());
    }

    void deploy(String service, Release release) {
        desk.ask(
                (state, at) ->
                        SimulatedDesk.intents(state, at)
                                .deploy(
                                        desk.planner(state, at),
                                        desk.system.service(service),
                                        release,
                                        Outside.NONE,
                                        Set.of()));
    }

    /// Deploys a version, and comes back when that has ended and everything is at rest.
    Finished changed(String service, String version) {
        desk.deploy(service, version);
        return ended(service);
    }

    /// How the rollout underway ended.
    Finished ended(String service) {
        desk.run(Duration.ofMillis(100));
        var isOver = desk.runUntil(ENOUGH, () -> !desk.service(service).isChanging());
        assertThat(isOver).as("the change of " + service + " ended").isTrue();
        desk.healAndCheck(ENOUGH);
        return end(service);
    }

    Finished end(String service) {
        return events(Finished.class)
                .filter(one -> one.service().equals(service))
                .toList()
                .getLast();
    }

    void at(String step) {
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

    String serving(String service) {
        return desk.active(service).version;
    }

    List<Effect> effects(String service) {
        return events(EffectIntended.class)
                .filter(one -> one.service().equals(service))
                .map(EffectIntended::effect)
                .toList();
    }

    /// Everybody whom traffic ever went to.
    List<String> routedEver(String service) {
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

    <E extends Event> Stream<E> events(Class<E> kind) {
        return desk.journal.events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
