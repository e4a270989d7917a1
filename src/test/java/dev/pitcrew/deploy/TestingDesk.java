package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.market.Calendar;
import dev.pitcrew.model.Approval;
import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.CancelOnDisconnect;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.GateLimits;
import dev.pitcrew.model.MarketLimit;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.Token;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Venue;
import dev.pitcrew.model.Windows;
import dev.pitcrew.simulation.TestingServices;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A desk of one gateway, as the ledger and a test say it is. What is decided is folded in at once, and nothing is performed.
final class TestingDesk {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z"); // a Monday
    static final Release ONE = release("1", "orders-1", "orders-1");
    static final Release TWO = release("2", "orders-1", "orders-1");
    static final GateLimits LIMITS = limits(Optional.empty());

    private final Map<String, Observed<Measure>> measures = new HashMap<>();
    private final Map<String, InstanceFacts> instances = new HashMap<>();
    private Service service = TestingServices.gateway();
    private Approval approval = new Approval.None();
    private Environment.Balancer balancer = Environment.Balancer.BUILT_IN;
    private Windows windows = new Windows.Always();
    private GateLimits limits = LIMITS;
    private Optional<String> follows = Optional.empty();
    private String file = "the system file";
    private Desk desk = Desk.EMPTY;
    private Outside outside = Outside.NONE;
    private Map<String, List<Calendar>> calendars = Map.of();
    private Instant now = NOON;

    static Release release(String version, String writes, String... reads) {
        return new Release(
                version, "digest-of-" + version, "", "", new StateFormats(writes, Set.of(reads)));
    }

    static GateLimits limits(Optional<Long> openOrders) {
        return limits(openOrders, Optional.empty());
    }

    static GateLimits limits(Optional<Long> openOrders, Optional<MarketLimit> market) {
        return new GateLimits(
                Optional.of(Duration.ofMillis(50)),
                Optional.of(Duration.ofMinutes(30)),
                new ByteSize(1),
                Optional.of(Duration.ofMinutes(30)),
                openOrders,
                market,
                List.of());
    }

    TestingDesk behind(Environment.Balancer one) {
        balancer = one;
        return this;
    }

    TestingDesk with(Approval rule) {
        approval = rule;
        return this;
    }

    TestingDesk with(Windows other) {
        windows = other;
        return this;
    }

    TestingDesk with(GateLimits other) {
        limits = other;
        return this;
    }

    TestingDesk with(Service other) {
        service = other;
        return this;
    }

    /// From now on others run that.
    TestingDesk beside(Outside others) {
        outside = others;
        return this;
    }

    /// A version comes here from that environment.
    TestingDesk following(String other) {
        follows = Optional.of(other);
        return this;
    }

    /// The controller was started again, with another system file.
    TestingDesk withFile(String text) {
        file = text;
        return this;
    }

    TestingDesk pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    /// Two instances run, and the first is active; of what served before one is left.
    TestingDesk serving(Release release) {
        var before = List.copyOf(state().roster().instances().keySet());
        before.stream()
                .skip(1)
                .map(Effect.Stop::new)
                .forEach(stop -> fold(new EffectConfirmed(now, "gateway", "", stop, "")));
        var id = desk.nextRollout();
        var first = state().roster().nextName();
        start(first, release);
        start(state().roster().nextName(), release);
        var activate = new Effect.Activate(first, new Token(desk.rollouts() + 1));
        fold(new EffectConfirmed(now, "gateway", "", activate, ""));
        var plan = planner().change(state(), service, release, new Overrides(Set.of(), ""));
        fold(new RolloutEvent.Planned(now, "gateway", id, plan, "ann", ""));
        return finished(Outcome.DONE);
    }

    /// By a course of its own, from which the roster knows what was started.
    private void start(String instance, Release release) {
        var id = "start-of-" + instance;
        var course =
                Course.begin(id, Optional.empty(), Optional.empty(), release, List.<Step>of(), now);
        fold(new RolloutEvent.Started(now, "gateway", id, course, "none", ""));
        var effect = new Effect.Start(instance, release.version());
        fold(new EffectIntended(now, "gateway", id, effect, 1));
    }

    TestingDesk finished(Outcome outcome) {
        var id = state().rollout().orElseThrow().id();
        return fold(new Finished(now, "gateway", id, outcome, "", ""));
    }

    TestingDesk fold(Event event) {
        desk = desk.fold(event);
        return this;
    }

    TestingDesk fold(List<Event> events) {
        events.forEach(this::fold);
        return this;
    }

    TestingDesk measured(String gate, double number) {
        measures.put(gate, new Observed<>(new Measure(number, "a test"), now));
        return this;
    }

    TestingDesk openOrders(String instance, long count) {
        var none = InstanceFacts.UNKNOWN;
        instances.put(
                instance,
                new InstanceFacts(
                        none.process(),
                        none.silence(),
                        none.passivity(),
                        none.ready(),
                        none.active(),
                        none.token(),
                        none.binary(),
                        none.configuration(),
                        none.flags(),
                        none.session(),
                        none.unanswered(),
                        none.inDoubt(),
                        new Observed<>(count, now),
                        none.killed(),
                        none.feedAgeMillis(),
                        none.requests(),
                        none.errors(),
                        none.slow()));
        return this;
    }

    /// Decides, and folds what was decided.
    List<Event> decide() {
        var events = Desk.decider(system(), environment()).next(desk, facts());
        fold(events);
        return events;
    }

    /// Decides, and tells what happened to the rollout.
    <E extends Event> Stream<E> decided(Class<E> kind) {
        return decide().stream().filter(kind::isInstance).map(kind::cast);
    }

    /// An operator asks for another release.
    TestingDesk deploy(String by, String reason, Release to, String... overrides) {
        return fold(as(by, reason).deploy(planner(), service, to, outside, Set.of(overrides)));
    }

    TestingDesk rollback(String by, String reason, String... overrides) {
        return fold(as(by, reason).rollback(planner(), service, Set.of(overrides)));
    }

    TestingDesk approve(String by, String reason, boolean isEmergency) {
        return fold(as(by, reason).approve("gateway", plan().approval().hash(), isEmergency));
    }

    Intents as(String by, String reason) {
        return new Intents(desk, now, by, reason);
    }

    Service service() {
        return service;
    }

    Planner planner() {
        return new Planner(system(), environment(), facts());
    }

    Plan plan() {
        return state().rollout().orElseThrow().plan();
    }

    ServiceState state() {
        return desk.service("gateway");
    }

    Desk desk() {
        return desk;
    }

    Facts facts() {
        return new Facts(
                        now, instances, Map.of(), Map.of(), measures, new Observed<>(Map.of(), now))
                .by(calendars);
    }

    /// The gateway goes by these calendars.
    TestingDesk goesBy(List<Calendar> all) {
        calendars = Map.of("gateway", all);
        return this;
    }

    /// Names of the gates of a plan's first check.
    static List<String> gates(Plan plan) {
        return plan.forward().stream()
                .filter(Step.Check.class::isInstance)
                .map(Step.Check.class::cast)
                .findFirst()
                .map(check -> check.gates().stream().map(Gate::name).toList())
                .orElse(List.of());
    }

    private Environment environment() {
        var demo = TestingServices.system().environments().getFirst();
        return new Environment(
                demo.name(),
                demo.runtime(),
                demo.kind(),
                balancer,
                approval,
                Duration.ofHours(1),
                Duration.ofDays(3),
                windows,
                limits,
                demo.ledger(),
                List.of(),
                Map.of(),
                demo.opening(),
                List.of(),
                follows,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private TradingSystem system() {
        var all = TestingServices.system();
        var venue =
                new Venue(
                        "simx",
                        "FIX.4.4",
                        new Template("127.0.0.1:1"),
                        new Venue.Session("DESK1", "SIMX"),
                        new CancelOnDisconnect.On(Duration.ZERO),
                        Optional.empty());
        return new TradingSystem(
                all.name(),
                all.owner(),
                all.site(),
                all.host(),
                List.of(venue),
                List.of(service),
                List.of(),
                List.of(),
                List.of(environment()),
                all.folder(),
                Digest.of(file.getBytes(StandardCharsets.UTF_8)));
    }
}
