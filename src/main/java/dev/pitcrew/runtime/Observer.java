package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.TrafficFacts;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.balancer.TrafficRoute;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.Probing;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Processes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Looks at all instances of the roster, all the time, and tells at any moment what is known. A probe that never
/// answers delays nobody: each round runs on a virtual thread of its own.
final class Observer implements AutoCloseable {
    private static final Duration PULSE = Duration.ofMillis(10);
    private static final Duration CALM_PULSE = Duration.ofMillis(50);
    private static final Duration PROCESSES = Duration.ofMillis(40);
    private static final Duration CALM_PROCESSES =
            Duration.ofMillis(400); // at rest: deaths are told of anyway
    private static final Duration GAUGES = Duration.ofSeconds(1);
    private static final Duration TRAFFIC = Duration.ofMillis(500);
    private static final Duration STRANGERS =
            Duration.ofMillis(200); // between two looks while something is underway
    private static final String STRANGERS_LOOK = "* strangers"; // no instance is called so
    private static final String TRAFFIC_LOOK = "* traffic";
    private static final Duration CALM_STRANGERS = Duration.ofSeconds(4);
    private static final Duration HASTE =
            Duration.ofMillis(10); // while nobody may send, each look counts as dark time
    private static final Duration AWAY =
            Duration.ofMillis(250); // no pulse for so long: it was us who were not there

    private final TradingSystem system;
    private final Supplier<Desk> desk;
    private final Processes processes;
    private final Probing probing;
    private final Instances instances;
    private final Reconciler reconciler;
    private final Traffic traffic;
    private final Map<String, Observed<TrafficFacts>> steered = new ConcurrentHashMap<>();
    private final Gauges gauges;
    private final InstantSource clock;
    private final Runnable news;
    private final Map<String, InstanceWatch> watches = new ConcurrentHashMap<>();
    private final Set<String> polling = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("observer").factory());
    private final Duration calmProcesses;
    private volatile Observed<Map<String, List<String>>> unlisted = Observed.unknown();
    private volatile Instant pulse;
    private volatile Rest rest;
    private final Due processesDue = new Due();
    private final Due trafficDue = new Due();
    private final Due gaugesDue = new Due();
    private volatile Instant back = Instant.MIN; // when we were there again after an absence

    /// Whether nothing is underway on a desk. Kept with the desk that it was found out of, because it is asked all the time.
    private record Rest(Desk desk, boolean isCalm) {
        static Rest of(Desk desk) {
            return new Rest(
                    desk,
                    desk.services().values().stream()
                            .allMatch(state -> state.courses().findAny().isEmpty()));
        }
    }

    /// @param system the effective system of the environment
    /// @param desk what the ledger says now
    /// @param news told when something was seen that a course waits for
    Observer(
            TradingSystem system,
            Supplier<Desk> desk,
            Processes processes,
            Probing probing,
            Instances instances,
            Reconciler reconciler,
            Traffic traffic,
            Gauges gauges,
            InstantSource clock,
            Runnable news) {
        this.system = system;
        this.desk = desk;
        this.processes = processes;
        this.probing = probing;
        this.instances = instances;
        this.reconciler = reconciler;
        this.traffic = traffic;
        this.gauges = gauges;
        this.clock = clock;
        this.news = news;
        this.calmProcesses =
                system.services().stream()
                        .map(one -> one.probes().limit().dividedBy(3)) // before it is unknown
                        .filter(one -> one.compareTo(CALM_PROCESSES) < 0)
                        .min(Duration::compareTo)
                        .orElse(CALM_PROCESSES);
        this.pulse = clock.instant();
        this.rest = new Rest(Desk.EMPTY, true);
    }

    /// Begins to look.
    void start() {
        timer.execute(this::turn);
    }

    /// Something began, or came to its end: what became of it is looked at without a pause.
    void hurry() {
        if (!timer.isShutdown()) {
            timer.execute(() -> look(Duration.ZERO));
        }
    }

    private void turn() {
        look(HASTE);
        var _ =
                timer.schedule(
                        this::turn,
                        (isCalm() ? CALM_PULSE : PULSE).toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// @param haste the pause between two looks while nobody may send
    private void look(Duration haste) {
        try {
            var now = clock.instant();
            pulse(now, haste);
            if (processesDue.isDue(now, isCalm() ? calmProcesses : PROCESSES)) {
                poll(now);
            }
            if (trafficDue.isDue(now, TRAFFIC)) {
                aside(TRAFFIC_LOOK, this::readTraffic);
            }
            if (gaugesDue.isDue(now, GAUGES)) {
                gauges.measure();
            }
        } catch (RuntimeException e) { // else nobody would ever look again
            System.getLogger(Observer.class.getName())
                    .log(System.Logger.Level.ERROR, "a look at the world failed; looking again", e);
        }
    }

    /// When something was done last. For the timer's thread alone.
    private static final class Due {
        private Instant last = Instant.MIN;

        boolean isDue(Instant now, Duration pause) {
            if (now.isBefore(last.plus(pause))) {
                return false;
            }
            last = now;
            return true;
        }
    }

    /// Whether nothing is underway, so that there is no haste.
    @SuppressWarnings("ReferenceEquality") // a changed desk is a new one
    boolean isCalm() {
        var now = desk.get();
        if (rest.desk() != now) {
            rest = Rest.of(now);
        }
        return rest.isCalm();
    }

    /// Whether all that is listed was looked at since we came. Before that, what is unknown says nothing about the world.
    boolean hasLooked() {
        var waiting = at(step -> step instanceof Step.Reconcile || comparesFirst(step));
        return desk.get().services().values().stream()
                        .flatMap(state -> state.roster().instances().keySet().stream())
                        .allMatch(name -> watch(name).hasLooked())
                && reconciler.books().keySet().containsAll(waiting);
    }

    /// What is known now.
    Facts facts() {
        var now = clock.instant();
        var state = desk.get();
        var known = new HashMap<String, InstanceFacts>();
        for (var service : state.services().values()) {
            var starting = starting(service);
            for (var name : service.roster().instances().keySet()) {
                known.put(name, watch(name).facts(starting.contains(name)));
            }
        }
        return new Facts(
                now,
                known,
                reconciler.books(),
                Map.copyOf(steered),
                gauges.measures(state, known, reconciler.accounts(), now),
                unlisted);
    }

    /// An instance was started, by us and just now.
    void started(String instance) {
        watch(instance).process(ProcessState.RUNNING, clock.instant());
    }

    /// A process ended.
    void died(String instance) {
        watch(instance).process(ProcessState.DEAD, clock.instant());
    }

    private void pulse(Instant now, Duration haste) {
        if (pulse.plus(AWAY).isBefore(now)) {
            back = now;
        }
        pulse = now;
        var comparing = new HashSet<>(at(Observer::comparesFirst));
        comparing.removeIf(reconciler::agree);
        comparing.addAll(at(step -> step instanceof Step.Reconcile));
        reconciler.pulse(desk.get(), comparing);
        var hasty = at(Observer::isDark);
        var state = desk.get();
        for (var service : system.services()) {
            var isHasty = hasty.contains(service.name());
            state.service(service.name())
                    .roster()
                    .instances()
                    .forEach(
                            (name, release) -> {
                                var version = release.version();
                                var its = service.at(new Version(version));
                                var pause = isHasty ? haste : its.probes().every();
                                if (watch(name).ask(its.probes(), pause, now)) {
                                    Thread.ofVirtual()
                                            .name("probe " + name)
                                            .start(() -> ask(its, version, name, isHasty));
                                }
                            });
        }
    }

    private void ask(Service service, String version, String name, boolean isHasty) {
        var watch = watch(name);
        var isEnded = false;
        try {
            // Looked up here, because for one that nobody knows the whole registry is read.
            var instance = instances.of(service, version, name);
            if (instance.isPresent()) {
                var probes = service.probes();
                var sent = clock.instant();
                var readings = probing.read(instance.get(), probes.routine(), probes.timeout());
                watch.ended(new FactReader(readings, sent), probes, wasAway(sent));
                isEnded = true;
                if (isHasty || watch.isSilent()) {
                    news.run();
                }
            }
        } finally {
            if (!isEnded) {
                watch.notAsked();
            }
        }
    }

    private void readTraffic() {
        var asked = clock.instant();
        traffic.routes()
                .ifPresent(
                        routes ->
                                routes.forEach(
                                        (service, route) ->
                                                steered.put(
                                                        service,
                                                        new Observed<>(
                                                                named(service, route), asked))));
    }

    private TrafficFacts named(String service, TrafficRoute route) {
        var names = new HashMap<Address, String>();
        desk.get()
                .service(service)
                .roster()
                .instances()
                .keySet() // oldest first: who has the port of one that died is the one there
                .forEach(name -> instances.address(name).ifPresent(at -> names.put(at, name)));
        return new TrafficFacts(
                route.targets().stream()
                        .map(one -> names.getOrDefault(one, one.toString()))
                        .toList(),
                route.isHeld());
    }

    private boolean wasAway(Instant sent) {
        return sent.isBefore(back) || pulse.plus(AWAY).isBefore(clock.instant());
    }

    private void poll(Instant now) {
        var listed = new HashSet<String>();
        for (var state : desk.get().services().values()) {
            listed.addAll(state.roster().instances().keySet());
        }
        for (var name : listed) {
            aside(
                    name,
                    () -> {
                        var asked = clock.instant();
                        watch(name).process(said(processes.state(name)), asked);
                    });
        }
        var pause = isCalm() ? CALM_STRANGERS : STRANGERS;
        if (!now.isBefore(unlisted.at().plus(pause))) {
            aside(STRANGERS_LOOK, () -> lookForStrangers(listed));
        }
        watches.keySet()
                .removeIf(
                        name -> {
                            var isOld = !listed.contains(name) && !lists(name);
                            if (isOld) {
                                instances.forget(name);
                            }
                            return isOld;
                        });
    }

    /// On a thread of its own, and once at a time: one whose host takes long to say what became of it delays no other.
    private void aside(String what, Runnable look) {
        if (polling.add(what)) {
            Thread.ofVirtual()
                    .name("look at " + what)
                    .start(
                            () -> {
                                try {
                                    look.run();
                                } finally {
                                    polling.remove(what);
                                }
                            });
        }
    }

    /// What runs and was in the ledger neither before nor after it was looked for: left by a ledger that was restored or lost.
    private void lookForStrangers(Set<String> listed) {
        var asked = clock.instant();
        var found =
                processes.known().stream()
                        .filter(one -> !one.state().dead() && !listed.contains(one.instance()))
                        .filter(one -> !lists(one.instance()))
                        .collect(
                                Collectors.groupingBy(
                                        KnownProcess::service,
                                        Collectors.mapping(
                                                KnownProcess::instance, Collectors.toList())));
        unlisted = new Observed<>(Map.copyOf(found), asked);
    }

    private boolean lists(String name) {
        return desk.get().services().values().stream()
                .anyMatch(state -> state.roster().instances().containsKey(name));
    }

    private static ProcessState said(dev.pitcrew.runtime.process.ProcessState state) {
        return switch (state) {
            case dev.pitcrew.runtime.process.ProcessState.Running _ -> ProcessState.RUNNING;
            case dev.pitcrew.runtime.process.ProcessState.Exited _ -> ProcessState.DEAD;
            case dev.pitcrew.runtime.process.ProcessState.Gone _ -> ProcessState.DEAD;
            case dev.pitcrew.runtime.process.ProcessState.Unknown _ -> ProcessState.UNREACHABLE;
        };
    }

    /// Instances whose start is intended and has no outcome yet.
    private static Set<String> starting(ServiceState state) {
        var names = new HashSet<String>();
        state.courses()
                .flatMap(course -> course.outstanding().stream())
                .forEach(
                        effect -> {
                            if (effect instanceof Effect.Start(var name, _)) {
                                names.add(name);
                            } else if (effect instanceof Effect.StartActive(var name, _)) {
                                names.add(name);
                            }
                        });
        return names;
    }

    /// Services of which a course is at such a step.
    private Set<String> at(Predicate<Step> such) {
        if (isCalm()) {
            return Set.of();
        }
        var names = new HashSet<String>();
        desk.get()
                .services()
                .forEach(
                        (name, state) -> {
                            if (state.courses()
                                    .filter(Course::isUnderway)
                                    .map(Course::step)
                                    .anyMatch(such)) {
                                names.add(name);
                            }
                        });
        return names;
    }

    /// Whether it wants the accounts compared before anything is changed.
    private static boolean comparesFirst(Step step) {
        return step instanceof Step.Check(var gates, _)
                && gates.stream()
                        .anyMatch(gate -> gate.name().equals(GateName.RECONCILIATION.key()));
    }

    /// Whether nobody may send while this step is underway.
    private static boolean isDark(Step step) {
        return switch (step) {
            case Step.Hold _, Step.Drain _, Step.Deactivate _, Step.Fence _, Step.Activate _ ->
                    true;
            case Step.StartActive _, Step.Reconcile _, Step.Route _ -> true;
            case Step.Check _, Step.Start _, Step.Warm _, Step.Rearm _, Step.Bake _, Step.Stop _ ->
                    false;
            case Step.Grow _, Step.WarmAll _, Step.Join _, Step.Share _, Step.Shrink _ -> false;
            case Step.Leave _, Step.Rejoin _ -> false;
        };
    }

    private InstanceWatch watch(String name) {
        return watches.computeIfAbsent(name, _ -> new InstanceWatch());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
