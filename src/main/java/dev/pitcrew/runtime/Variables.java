package dev.pitcrew.runtime;

import dev.pitcrew.model.Hook.CommandHook;
import dev.pitcrew.model.Judging.Source.Prometheus;
import dev.pitcrew.model.Probe.CommandProbe;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Store;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.balancer.BalancerFile;
import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `${…}` stands for, when an instance starts and when its probes and hooks run a command.
///
/// `host` is where an instance listens: 127.0.0.1 unless the desk is on several hosts. `traffic.SERVICE` and `instance-of.SERVICE` are base URLs such as `http://127.0.0.1:4711`; a venue's address is as
/// the system file writes it.
final class Variables {
    private final TradingSystem system;
    private final Path dataFolder;
    private final Path balancerFile;
    private final Map<String, Address> fronts;
    private final Addresses addresses;
    private final Map<String, String> environment;

    /// @param balancerFile of the built-in balancer
    /// @param fronts of another balancer, by service; empty: the built-in one's
    /// @param environment the controller's own variables, for `${env.NAME}`
    Variables(
            TradingSystem system,
            Path dataFolder,
            Path balancerFile,
            Map<String, Address> fronts,
            Addresses addresses,
            Map<String, String> environment) {
        this.system = system;
        this.dataFolder = dataFolder;
        this.balancerFile = balancerFile;
        this.fronts = Map.copyOf(fronts);
        this.addresses = addresses;
        this.environment = Map.copyOf(environment);
    }

    /// The values for what belongs to no instance, such as the ledger's path.
    ///
    /// @return it throws `IllegalArgumentException` for a name that stands for nothing
    Function<String, String> common() {
        return this::common;
    }

    /// The values for one instance.
    ///
    /// @return it throws `IllegalArgumentException` for a name that stands for nothing
    Function<String, String> of(String version, String instance, Map<String, Integer> ports) {
        return name ->
                switch (name) {
                    case "version" -> version;
                    case "instance" -> instance;
                    case "host" -> addresses.host(instance);
                    default ->
                            name.startsWith("port.")
                                    ? String.valueOf(
                                            known(ports, name.substring("port.".length()), name))
                                    : common(name);
                };
    }

    /// All that commands of an instance's probes and hooks may name.
    Map<String, String> all(
            Service service, String version, String instance, Map<String, Integer> ports) {
        var names = new TreeMap<String, String>();
        var valueOf = of(version, instance, ports);
        names(service).forEach(name -> names.put(name, valueOf.apply(name)));
        return names;
    }

    /// The same without what stands for nothing now.
    Map<String, String> known(
            Service service, String version, String instance, Map<String, Integer> ports) {
        var names = new TreeMap<String, String>();
        var valueOf = of(version, instance, ports);
        for (var name : names(service)) {
            value(name, valueOf).ifPresent(value -> names.put(name, value));
        }
        return names;
    }

    /// Empty for what stands for nothing now: only who names it fails.
    private static <K, V> Optional<V> value(K name, Function<K, V> valueOf) {
        try {
            return Optional.of(valueOf.apply(name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Set<String> names(Service service) {
        return Stream.concat(commands(service), labels(service))
                .flatMap(one -> one.variables().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// By which a Prometheus server knows an instance.
    private static Stream<Template> labels(Service service) {
        return service.rollout().judge().stream()
                .flatMap(
                        one ->
                                one.source() instanceof Prometheus(_, var labels)
                                        ? Stream.of(labels)
                                        : Stream.of());
    }

    /// The words of all commands of its probes and hooks.
    private static Stream<Template> commands(Service service) {
        return Stream.concat(
                service.probes().byName().values().stream()
                        .flatMap(
                                one ->
                                        one instanceof CommandProbe(var words)
                                                ? words.stream()
                                                : Stream.of()),
                service.hooks().values().stream()
                        .flatMap(
                                one ->
                                        one instanceof CommandHook(var words, _)
                                                ? words.stream()
                                                : Stream.of()));
    }

    /// The files of the stores whose paths are known now.
    Map<String, Path> knownStores() {
        var files = new TreeMap<String, Path>();
        for (Store store : system.stores()) {
            value(store, this::file).ifPresent(file -> files.put(store.name(), file));
        }
        return files;
    }

    private Path file(Store store) {
        return system.folder().resolve(store.path().fill(common()));
    }

    /// The files of the stores.
    Map<String, Path> stores() {
        var files = new TreeMap<String, Path>();
        for (Store store : system.stores()) {
            files.put(store.name(), file(store));
        }
        return files;
    }

    private String common(String name) {
        var dot = name.indexOf('.');
        var rest = name.substring(dot + 1);
        return switch (dot < 0 ? name : name.substring(0, dot)) {
            case "dir" -> dataFolder.toString();
            case "config" -> system.folder().toString();
            case "env" -> known(environment, rest, name);
            case "traffic" -> "http://" + front(rest);
            case "instance-of" -> "http://" + addresses.ofTheOne(system, rest);
            case "venue" -> venue(rest);
            default -> throw new IllegalArgumentException("nothing is known as ${" + name + "}");
        };
    }

    private String venue(String rest) {
        var end = rest.lastIndexOf(".address");
        if (end < 0) {
            throw new IllegalArgumentException("nothing is known as ${venue." + rest + "}");
        }
        Template address = system.venue(rest.substring(0, end)).address();
        return address.fill(this::common);
    }

    private Address front(String service) {
        var known = fronts.get(service);
        return known == null ? Address.local(frontPort(service)) : known;
    }

    private int frontPort(String service) {
        try {
            var front = BalancerFile.read(balancerFile).services().get(service);
            if (front == null || front.frontPort() == 0) {
                throw new IllegalArgumentException(
                        "the balancer has no front for " + service + " yet");
            }
            return front.frontPort();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the balancer's ports are unknown: " + e.getMessage(), e);
        }
    }

    private static <V> V known(Map<String, V> values, String key, String name) {
        var value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("nothing is known as ${" + name + "}");
        }
        return value;
    }
}
