package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.EngineHost;
import dev.pitcrew.runtime.process.AdoptSpec;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Placing;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import dev.pitcrew.runtime.process.ResourceUse;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Instances as containers of several hosts' engines, one controller over all. An instance is placed once, written down before it starts, and
/// never moves; so only its host's engine may have a container of it, and no other's silence matters. What is placed nowhere (a data folder
/// that was lost) is dead only when every engine says so.
public final class Spread implements Containers, Placing {
    private static final long SILENT_NANOS = 2_000_000_000; // so long one is not asked again

    private final List<Host> hosts;
    private final InstancesFile<Place> places;
    private final Map<String, Host> chosen = new ConcurrentHashMap<>(); // by instance, not started
    private final Map<String, Long> silent = new ConcurrentHashMap<>(); // until when, by host
    private final Map<String, Host> homes = new ConcurrentHashMap<>(); // of services with one

    /// One of them.
    ///
    /// @param address under which others reach what runs there
    record Host(String name, String address, DockerProcesses containers) {}

    /// On which host an instance is, as it was written down before it started.
    ///
    /// @param host its name
    /// @param ports by name
    record Place(String host, String service, String version, Map<String, Integer> ports) {}

    private Spread(List<Host> hosts, Path file) throws IOException {
        this.hosts = List.copyOf(hosts);
        places = new InstancesFile<>(file, Place.class);
    }

    /// Over hosts, in order, with their engines.
    ///
    /// @param file where it is written who is where; beside it stands for each host what was taken over there
    /// @throws IOException when that can't be read
    public static Spread over(List<EngineHost> hosts, List<Engine> engines, Owner owner, Path file)
            throws IOException {
        var all = new ArrayList<Host>();
        for (int i = 0; i < hosts.size(); i++) {
            var one = hosts.get(i);
            all.add(
                    new Host(
                            one.name(),
                            one.address(),
                            new DockerProcesses(
                                    engines.get(i),
                                    owner,
                                    one.address(),
                                    file.resolveSibling("adopted-%s.json".formatted(one.name())))));
        }
        return new Spread(all, file);
    }

    @Override
    public String place(String service, String instance) {
        return choose(service, instance).address();
    }

    private Host choose(String service, String instance) {
        var host =
                placed(instance)
                        .or(() -> Optional.ofNullable(homes.remove(service)).filter(this::answers))
                        .orElseGet(() -> next(service));
        chosen.put(instance, host);
        return host;
    }

    @Override
    public String home(String service) {
        return places.all().entrySet().stream()
                .filter(one -> one.getValue().service().equals(service))
                .filter(one -> mayLive(one.getKey()))
                .findFirst()
                .flatMap(one -> placed(one.getKey()))
                .orElseGet(() -> homes.computeIfAbsent(service, this::next))
                .address();
    }

    @Override
    public String usual() {
        return hosts.getFirst().address();
    }

    /// Of the hosts whose engines answer the one with the fewest instances of the service, and then of all.
    private Host next(String service) {
        return hosts.stream()
                .filter(this::answers)
                .min(
                        Comparator.<Host>comparingLong(one -> count(one, service::equals))
                                .thenComparingLong(one -> count(one, _ -> true)))
                .orElse(hosts.getFirst());
    }

    /// How many instances are there, or are about to be, of the services that are meant.
    private long count(Host host, Predicate<String> services) {
        var started =
                places.all().entrySet().stream()
                        .filter(one -> one.getValue().host().equals(host.name()))
                        .filter(one -> services.test(one.getValue().service()))
                        .filter(one -> mayLive(one.getKey()))
                        .count();
        return started + chosen.values().stream().filter(host::equals).count();
    }

    private boolean mayLive(String instance) {
        return !placed(instance).map(this::answers).orElse(true) || !state(instance).dead();
    }

    /// Whether its engine says anything. One that was silent a moment ago counts as silent: what is elsewhere must not wait for it.
    private boolean answers(Host host) {
        var until = silent.get(host.name());
        if (until != null && System.nanoTime() - until < 0) {
            return false;
        }
        if (host.containers().answers()) {
            silent.remove(host.name());
            return true;
        }
        silent.put(host.name(), System.nanoTime() + SILENT_NANOS);
        return false;
    }

    private Optional<Host> host(Place place) {
        return hosts.stream().filter(one -> one.name().equals(place.host())).findFirst();
    }

    private Optional<Host> placed(String instance) {
        return places.of(instance).flatMap(this::host);
    }

    @Override
    public Started start(ProcessSpec spec) {
        var place = places.of(spec.instance());
        if (place.isPresent() && host(place.get()).isEmpty()) {
            return new Started.Refused(notListed(spec.instance(), place.get()));
        }
        var host =
                placed(spec.instance())
                        .or(() -> Optional.ofNullable(chosen.get(spec.instance())))
                        .orElseGet(() -> choose(spec.service(), spec.instance()));
        try {
            places.put(
                    spec.instance(),
                    new Place(host.name(), spec.service(), spec.version(), spec.ports()));
        } catch (IOException e) {
            return new Started.Refused(
                    "%s can't be started, since it can't be written down where: %s"
                            .formatted(spec.instance(), e.getMessage()));
        }
        chosen.remove(spec.instance());
        return host.containers().start(spec);
    }

    /// On the host that has it, which is written down first, as of one that is started.
    @Override
    public Started adopt(AdoptSpec spec) {
        for (var host : hosts) {
            var found = host.containers().described(spec.container());
            if (found.isPresent()) {
                return adopt(spec, host, found.get());
            }
        }
        return new Started.Refused(
                "no host that answers has the container %s, which was to become %s"
                        .formatted(spec.container(), spec.instance()));
    }

    private Started adopt(AdoptSpec spec, Host host, Container found) {
        var ports = Published.ports(found, spec.inside(), host.address());
        try {
            places.put(
                    spec.instance(), new Place(host.name(), spec.service(), spec.version(), ports));
        } catch (IOException e) {
            return new Started.Refused(
                    "%s can't be taken over, since it can't be written down where: %s"
                            .formatted(spec.instance(), e.getMessage()));
        }
        return host.containers().adopt(spec);
    }

    /// What its host says; of one that is placed nowhere, the worst that any says.
    private ProcessState asked(String instance, Function<DockerProcesses, ProcessState> what) {
        var place = places.of(instance);
        if (place.isPresent()) {
            return host(place.get())
                    .map(one -> what.apply(one.containers()))
                    .orElseGet(() -> new Unknown(notListed(instance, place.get())));
        }
        return hosts.stream()
                .map(one -> what.apply(one.containers()))
                .max(Comparator.comparingInt(Spread::weight))
                .orElseThrow();
    }

    private static String notListed(String instance, Place place) {
        return "%s is on %s, which pitcrew.yaml does not list".formatted(instance, place.host());
    }

    private static int weight(ProcessState state) {
        return switch (state) {
            case Running _ -> 3;
            case Unknown _ -> 2;
            case Exited _ -> 1;
            case Gone _ -> 0;
        };
    }

    @Override
    public ProcessState state(String instance) {
        return asked(instance, one -> one.state(instance));
    }

    @Override
    public ProcessState stop(String instance, Duration grace) {
        return asked(instance, one -> one.stop(instance, grace));
    }

    @Override
    public ProcessState kill(String instance) {
        return asked(instance, one -> one.kill(instance));
    }

    /// What engines list; of one that is silent, what was written down.
    @Override
    public List<KnownProcess> known() {
        var all = new ArrayList<KnownProcess>();
        for (var host : hosts) {
            if (answers(host)) {
                all.addAll(host.containers().known());
            } else {
                places.all()
                        .forEach(
                                (instance, place) -> {
                                    if (place.host().equals(host.name())) {
                                        all.add(written(instance, place, host));
                                    }
                                });
            }
        }
        all.sort(Comparator.comparing(KnownProcess::instance));
        return List.copyOf(all);
    }

    private static KnownProcess written(String instance, Place place, Host host) {
        return new KnownProcess(
                instance,
                place.service(),
                place.version(),
                List.of(),
                place.ports(),
                Path.of(instance + ".log"),
                new Unknown("the Docker engine of %s is silent".formatted(host.name())),
                host.address());
    }

    @Override
    public void forget(String instance) {
        chosen.remove(instance);
        placed(instance)
                .map(List::of)
                .orElse(hosts)
                .forEach(one -> one.containers().forget(instance));
        if (state(instance).dead()) {
            try {
                places.remove(instance);
            } catch (IOException _) { // it is tidied up again
            }
        }
    }

    @Override
    public Watching watch(BiConsumer<String, ProcessState> onDeath) {
        var all = hosts.stream().map(one -> one.containers().watch(onDeath)).toList();
        return () -> all.forEach(Watching::close);
    }

    @Override
    public Optional<String> named(String instance) {
        return placed(instance).map(Host::name);
    }

    private <T> Optional<T> first(String instance, Function<DockerProcesses, Optional<T>> what) {
        return placed(instance).map(List::of).orElse(hosts).stream()
                .flatMap(one -> what.apply(one.containers()).stream())
                .findFirst();
    }

    @Override
    public Optional<ResourceUse> use(String instance) {
        return first(instance, one -> one.use(instance));
    }

    @Override
    public Optional<String> image(String instance) {
        return first(instance, one -> one.image(instance));
    }

    @Override
    public Optional<String> health(String instance) {
        return first(instance, one -> one.health(instance));
    }

    @Override
    public List<String> log(String instance, int lines) {
        return first(
                        instance,
                        one -> Optional.of(one.log(instance, lines)).filter(l -> !l.isEmpty()))
                .orElse(List.of());
    }

    @Override
    public AutoCloseable follow(String instance, Consumer<String> line) {
        return placed(instance).orElse(hosts.getFirst()).containers().follow(instance, line);
    }
}
