package dev.pitcrew.deploy;

import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.RolloutEvent.Planned;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Token;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One service as the ledger has it and as it is seen, turn by turn, without a world behind it: effects do nothing until a test says what
/// came of them.
public final class Scene {
    /// What serves at first.
    public static final Release FIRST = release("1", "a");

    private static final int QUIET = 150; // turns, which are 15 seconds
    private static final int TURNS_MAX = 3000;

    private final Service service;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Function<Instant, InstanceFacts>> seen = new TreeMap<>();
    private final Map<String, Function<Instant, Sampled>> samples = new TreeMap<>();
    private ServiceState state;
    private List<String> unlisted = List.of();
    private TrafficFacts traffic = new TrafficFacts(List.of(), false);
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    public Scene(Service service) {
        this.service = service;
        this.state = ServiceState.empty(service.name());
    }

    /// Two instances of the first release: one is active under token 1, the other stands by. Both are well.
    public static Scene serving(Service service) {
        var scene = new Scene(service);
        var active = service.name() + "-1";
        scene.start(active, FIRST).start(service.name() + "-2", FIRST);
        scene.did(new Effect.Activate(active, new Token(1)));
        scene.traffic = new TrafficFacts(List.of(active), false);
        return scene.approve(FIRST).sees(active, at -> Sights.alive(FIRST, true, 1, at));
    }

    public static Release release(String version, String configuration) {
        return new Release(
                version,
                "binary-of-" + version,
                configuration,
                "",
                new StateFormats("orders-1", Set.of("orders-1")));
    }

    /// One more instance, which runs, is passive and well.
    Scene start(String instance, Release release) {
        var start = List.<Step>of(new Step.Start(Duration.ofSeconds(5)));
        var id = service.name() + "/mend-" + (state.keep().mends() + 1);
        var course = Course.begin(id, Optional.empty(), Optional.empty(), release, start, now);
        happened(
                new KeepEvent.MendBegun(
                        now, service.name(), course, KeepEvent.Purpose.FILL, "one is missing"));
        var effect = new Effect.Start(instance, release.version());
        happened(new EffectIntended(now, service.name(), id, effect, 1));
        happened(new EffectConfirmed(now, service.name(), id, effect, "pid 1"));
        happened(new StepTaken(now, service.name(), id, 0, "pid 1"));
        happened(new KeepEvent.MendEnded(now, service.name(), id, ""));
        return sees(instance, at -> Sights.alive(release, false, 1, at));
    }

    /// Intended and confirmed, as part of something long over.
    void did(Effect effect) {
        happened(new EffectIntended(now, service.name(), "past", effect, 1));
        happened(new EffectConfirmed(now, service.name(), "past", effect, "done"));
    }

    /// The release is the approved one.
    Scene approve(Release release) {
        plan(release);
        var id = state.rollout().orElseThrow().id();
        happened(new Finished(now, service.name(), id, Outcome.DONE, "serves", ""));
        return this;
    }

    /// Somebody asks for a change, which needs no approval.
    public Plan plan(Release release) {
        var system = system();
        var planner = new Planner(system, system.environments().getFirst(), facts());
        var plan = planner.change(state, service, release, new Overrides(Set.of(), ""));
        happened(new Planned(now, service.name(), "r" + events.size(), plan, "ada", ""));
        return plan;
    }

    /// Somebody asks for a container to be taken over, which needs no approval.
    void planAdoption(Release release, String... containers) {
        var system = system();
        var planner = new Planner(system, system.environments().getFirst(), facts());
        var plan = planner.adopt(state, service, release, List.of(containers));
        happened(new Planned(now, service.name(), "r" + events.size(), plan, "ada", ""));
    }

    /// Somebody asks for it to send again after a kill, which needs no approval.
    void planRearm() {
        var system = system();
        var planner = new Planner(system, system.environments().getFirst(), facts());
        var plan = planner.rearm(state, service);
        happened(new Planned(now, service.name(), "r" + events.size(), plan, "ada", ""));
    }

    /// The system of tests, with this service in it.
    public TradingSystem system() {
        var one = TestingServices.system();
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                List.of(service),
                one.stores(),
                one.feeds(),
                one.environments(),
                one.folder(),
                Digest.of(new byte[0]));
    }

    private Terms terms() {
        var system = system();
        return Terms.of(system, system.environments().getFirst());
    }

    public Scene sees(String instance, Function<Instant, InstanceFacts> how) {
        seen.put(instance, how);
        return this;
    }

    /// What it has counted, once it runs.
    Scene counts(String instance, Function<Instant, Sampled> how) {
        samples.put(instance, how);
        return this;
    }

    /// They live, and the ledger does not list them.
    void finds(String... instances) {
        unlisted = List.of(instances);
    }

    /// An operator says so.
    void says(Function<Intents, List<Event>> what, String operator) {
        var desk =
                new Desk(Map.of(service.name(), state), Optional.empty(), 1, new LinkedHashMap<>());
        what.apply(new Intents(desk, now, operator, "")).forEach(this::happened);
    }

    void happened(Event event) {
        events.add(event);
        state = state.fold(event);
    }

    /// A tenth of a second passes.
    public void later() {
        now = now.plusMillis(100);
    }

    /// A tenth of a second later: what is decided, and it has happened.
    List<Event> decide() {
        later();
        var decided = state.next(service, facts(), terms());
        decided.forEach(this::happened);
        return decided;
    }

    /// Turns until nothing happens any more for longer than any step may take. Whatever effect is such is confirmed at once.
    ///
    /// @return all that was decided
    public List<Event> goOn(Predicate<Effect> isConfirmed) {
        var all = new ArrayList<Event>();
        for (int turn = 0, quiet = 0; quiet < QUIET && turn < TURNS_MAX; turn++) {
            var decided = decide();
            all.addAll(decided);
            quiet = decided.isEmpty() ? quiet + 1 : 0;
            confirm(isConfirmed);
        }
        return all;
    }

    /// What is outstanding and such was done, and it shows.
    void confirm(Predicate<Effect> which) {
        for (var course : state.courses().toList()) {
            course.outstanding()
                    .filter(which)
                    .ifPresent(
                            effect -> {
                                var id = course.id();
                                show(effect, course.release());
                                happened(new EffectConfirmed(now, service.name(), id, effect, ""));
                            });
        }
    }

    /// What is outstanding has failed.
    void fail(String reason) {
        for (var course : state.courses().toList()) {
            course.outstanding()
                    .map(one -> new EffectFailed(now, service.name(), course.id(), one, reason))
                    .ifPresent(this::happened);
        }
    }

    private void show(Effect effect, Release release) {
        switch (effect) {
            case Effect.Start(var name, _) -> sees(name, at -> Sights.alive(release, false, 1, at));
            case Effect.StartActive(var name, _) ->
                    sees(name, at -> Sights.alive(release, true, 1, at));
            case Effect.Adopt(var name, _, _, var isActive) ->
                    sees(name, at -> Sights.alive(release, isActive, 1, at));
            case Effect.Activate(var name, var token) ->
                    sees(name, at -> Sights.alive(release, true, token.value(), at));
            case Effect.Stop(var name) -> sees(name, Sights::dead);
            case Effect.Kill(var name) -> sees(name, Sights::dead);
            case Effect.Deactivate(var name, _) ->
                    sees(name, at -> Sights.alive(FIRST, false, 1, at));
            case Effect.Hold _ -> traffic = new TrafficFacts(traffic.targets(), true);
            case Effect.Route(var targets) -> traffic = new TrafficFacts(targets, false);
            case Effect.RouteBack(var targets) -> traffic = new TrafficFacts(targets, false);
            case Effect.Share(var rest, var canaries, _) ->
                    traffic =
                            new TrafficFacts(
                                    Stream.concat(rest.stream(), canaries.stream()).toList(),
                                    false);
            case Effect.Drain _, Effect.Rearm _ -> {} // a drain shows only what it is owed
        }
    }

    /// What was intended, in order.
    static List<Effect> effects(List<Event> events) {
        return events.stream()
                .filter(EffectIntended.class::isInstance)
                .map(one -> ((EffectIntended) one).effect())
                .toList();
    }

    /// What was seen when a step of this kind was taken last.
    String evidence(Class<? extends Step> kind) {
        return events.stream()
                .filter(StepTaken.class::isInstance)
                .map(StepTaken.class::cast)
                .filter(one -> kind.isInstance(step(one)))
                .toList()
                .getLast()
                .evidence();
    }

    private Step step(StepTaken taken) {
        return events.stream()
                .map(
                        event ->
                                switch (event) {
                                    case KeepEvent.MendBegun one -> one.course();
                                    case RolloutEvent.Started one -> one.course();
                                    case RolloutEvent.TurnedBack one -> one.course();
                                    default -> null;
                                })
                .filter(course -> course != null && course.id().equals(taken.course()))
                .toList()
                .getLast()
                .steps()
                .get(taken.index());
    }

    public ServiceState state() {
        return state;
    }

    public Instant now() {
        return now;
    }

    /// All that happened so far.
    public List<Event> events() {
        return List.copyOf(events);
    }

    public Facts facts() {
        var measures =
                Map.of(
                                "window",
                                1.0,
                                "freeze",
                                0.0,
                                "disk",
                                1.0,
                                "reconciliation/" + service.name(),
                                0.0)
                        .entrySet()
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        one ->
                                                new Observed<>(
                                                        new Gate.Measure(one.getValue(), "scene"),
                                                        now)));
        var instances = new TreeMap<String, InstanceFacts>();
        seen.forEach((name, how) -> instances.put(name, how.apply(now)));
        return new Facts(
                        now,
                        instances,
                        Map.of(service.name(), new Observed<>(new Books(Map.of(), Map.of()), now)),
                        Map.of(service.name(), new Observed<>(traffic, now)),
                        measures,
                        new Observed<>(Map.of(service.name(), unlisted), now))
                .with(sampled());
    }

    private Map<String, Sampled> sampled() {
        var sampled = new TreeMap<String, Sampled>();
        samples.forEach(
                (name, how) -> {
                    if (seen.containsKey(name)) {
                        sampled.put(name, how.apply(now));
                    }
                });
        return sampled;
    }

    Situation situation() {
        return Situation.of(service, state, facts(), terms());
    }
}
