package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.http.Probing;
import dev.pitcrew.runtime.process.Processes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Looks at all instances of the roster, all the time, and tells at any moment what is known. A probe that never
/// answers delays nobody: each round runs on a virtual thread of its own.
final class Observer implements AutoCloseable {
    private static final Duration PULSE = Duration.ofMillis(10);
    private static final Duration CALM_PULSE =
            Duration.ofMillis(100); // where all probes are due at multiples of it, else half of it
    private static final Duration PROCESSES = Duration.ofMillis(40);
    private static final Duration CALM_PROCESSES =
            Duration.ofSeconds(1); // at rest: deaths are told of anyway
    private static final Duration GAUGES = Duration.ofSeconds(1);
    private static final Duration CALM_GAUGES =
            Duration.ofSeconds(4); // less than half of the age at which a gate shuts
    private static final Duration TRAFFIC = Duration.ofMillis(500);
    private static final Duration STRANGERS =
            Duration.ofMillis(200); // between two looks while something is underway
    private static final Duration CALM_STRANGERS = Duration.ofSeconds(4);
    private static final Duration HASTE =
            Duration.ofMillis(10); // while nobody may send, each look counts as dark time
    private static final Duration AWAY =
            Duration.ofMillis(300); // no pulse for so long: it was us who were not there

    private final TradingSystem system;
    private final Supplier<Desk> desk;
    private final Underway underway;
    private final Processes processes;
    private final Probing probing;
    private final Instances instances;
    private final Reconciler reconciler;
    private final Surroundings surroundings;
    private final Gauges gauges;
    private final InstantSource clock;
    private final Runnable news;
    private final Map<String, InstanceWatch> watches = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("observer").factory());
    private final Duration calmPulse;
    private final Sampling sampling;
    private final Duration calmProcesses;
    private volatile Instant pulse;
    private final Due processesDue = new Due();
    private final Due trafficDue = new Due();
    private final Due gaugesDue = new Due();
    private volatile Instant back = Instant.MIN; // when we were there again after an absence

    /// @param system the effective system of the environment
    /// @param desk what the ledger says now
    /// @param underway what is underway on it
    /// @param news told when something was seen that is new, or that a course waits for
    Observer(
            TradingSystem system,
            Supplier<Desk> desk,
            Underway underway,
            Processes processes,
            Probing probing,
            Instances instances,
            Reconciler reconciler,
            Surroundings surroundings,
            Gauges gauges,
            InstantSource clock,
            Runnable news) {
        this.system = system;
        this.desk = desk;
        this.underway = underway;
        this.processes = processes;
        this.probing = probing;
        this.instances = instances;
        this.reconciler = reconciler;
        this.surroundings = surroundings;
        this.gauges = gauges;
        this.clock = clock;
        this.news = news;
        this.calmPulse =
                system.services().stream()
                                .map(one -> one.probes().every())
                                .allMatch(one -> one.toMillis() % CALM_PULSE.toMillis() == 0)
                        ? CALM_PULSE
                        : CALM_PULSE.dividedBy(2);
        this.sampling = new Sampling(system, instances, probing, clock);
        this.calmProcesses =
                system.services().stream()
                        .map(one -> one.probes().limit().dividedBy(3)) // before it is unknown
                        .filter(one -> one.compareTo(CALM_PROCESSES) < 0)
                        .min(Duration::compareTo)
                        .orElse(CALM_PROCESSES);
        this.pulse = clock.instant();
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
                        (underway.isCalm() ? calmPulse : PULSE).toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// @param haste the pause between two looks while nobody may send
    private void look(Duration haste) {
        try {
            var now = clock.instant();
            pulse(now, haste);
            if (processesDue.isDue(now, underway.isCalm() ? calmProcesses : PROCESSES)) {
                poll(now);
            }
            if (trafficDue.isDue(now, TRAFFIC)) {
                surroundings.lookAtTraffic();
            }
            sampling.look(desk.get(), now, underway.isCalm());
            if (gaugesDue.isDue(now, underway.isCalm() ? CALM_GAUGES : GAUGES)) {
                gauges.measure();
                gauges.forecast(desk.get(), sampling);
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

    /// Whether all that is listed was looked at since we came. Before that, what is unknown says nothing about the world.
    boolean hasLooked() {
        return desk.get().services().values().stream()
                        .flatMap(state -> state.roster().instances().keySet().stream())
                        .allMatch(name -> watch(name).hasLooked())
                && reconciler.books().keySet().containsAll(underway.comparing());
    }

    /// What is known now.
    Facts facts() {
        var now = clock.instant();
        var state = desk.get();
        var known = new HashMap<String, InstanceFacts>();
        for (var service : state.services().values()) {
            var starting = Underway.starting(service);
            for (var name : service.roster().instances().keySet()) {
                known.put(name, watch(name).facts(starting.contains(name)));
            }
        }
        return new Facts(
                now,
                known,
                reconciler.books(),
                surroundings.steered(),
                gauges.measures(state, known, reconciler.accounts(), now),
                surroundings.unlisted(),
                sampling.samples(),
                gauges.calendars());
    }

    /// An instance was started, by us and just now.
    void started(String instance) {
        watch(instance).process(ProcessState.RUNNING, clock.instant());
    }

    /// A process ended.
    void died(String instance) {
        watch(instance).process(ProcessState.DEAD, clock.instant());
    }

    private void pulse(Instant at, Duration haste) {
        if (pulse.plus(AWAY).isBefore(at)) {
            back = at;
        }
        pulse = at;
        var comparing = new HashSet<>(underway.comparingFirst());
        comparing.removeIf(reconciler::agree);
        comparing.addAll(underway.reconciling());
        reconciler.pulse(desk.get(), comparing);
        var state = desk.get();
        var isCalm = underway.isCalm();
        var due = isCalm ? due(state, at) : Set.<Duration>of();
        if (isCalm && due.isEmpty()) {
            return;
        }
        for (var service : system.services()) {
            var its = state.service(service.name());
            var awaited = isCalm ? Set.<String>of() : Underway.awaited(its);
            its.roster()
                    .instances()
                    .forEach(
                            (name, release) -> {
                                var version = release.version();
                                var now = service.at(new Version(version));
                                var isHasty = awaited.contains(name);
                                var every = now.probes().every();
                                var isAlong =
                                        due.contains(every) && !watch(name).isDue(now.probes(), at);
                                var pause = isHasty ? haste : isAlong ? Duration.ZERO : every;
                                if (watch(name).ask(now.probes(), pause, at)) {
                                    Thread.ofVirtual()
                                            .name("probe " + name)
                                            .start(() -> ask(now, version, name, isHasty));
                                }
                            });
        }
    }

    /// The pauses of those whose time has come. At rest all that are asked as often are asked together, so that fewer threads wake, and less often:
    /// once one is due, so are they.
    private Set<Duration> due(Desk state, Instant at) {
        var pauses = new HashSet<Duration>();
        for (var service : system.services()) {
            state.service(service.name())
                    .roster()
                    .instances()
                    .forEach(
                            (name, release) -> {
                                var now = service.at(new Version(release.version()));
                                if (watch(name).isDue(now.probes(), at)) {
                                    pauses.add(now.probes().every());
                                }
                            });
        }
        return pauses;
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
                var isNews = watch.ended(new FactReader(readings, sent), probes, wasAway(sent));
                isEnded = true;
                if (isHasty || isNews || watch.isSilent()) {
                    news.run();
                }
            }
        } finally {
            if (!isEnded) {
                watch.notAsked();
            }
        }
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
            surroundings.aside(
                    name,
                    () -> {
                        var asked = clock.instant();
                        watch(name).process(said(processes.state(name)), asked);
                    });
        }
        var pause = underway.isCalm() ? CALM_STRANGERS : STRANGERS;
        if (!now.isBefore(surroundings.unlisted().at().plus(pause))) {
            surroundings.lookForStrangers(listed);
        }
        watches.keySet()
                .removeIf(
                        name -> {
                            var isOld = !listed.contains(name) && !surroundings.lists(name);
                            if (isOld) {
                                instances.forget(name);
                            }
                            return isOld;
                        });
    }

    private static ProcessState said(dev.pitcrew.runtime.process.ProcessState state) {
        return switch (state) {
            case dev.pitcrew.runtime.process.ProcessState.Running _ -> ProcessState.RUNNING;
            case dev.pitcrew.runtime.process.ProcessState.Exited _ -> ProcessState.DEAD;
            case dev.pitcrew.runtime.process.ProcessState.Gone _ -> ProcessState.DEAD;
            case dev.pitcrew.runtime.process.ProcessState.Unknown _ -> ProcessState.UNREACHABLE;
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
