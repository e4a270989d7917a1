package dev.pitcrew.runtime;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.model.Port;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Placing;
import dev.pitcrew.runtime.process.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which instance listens where. The registry of processes keeps what was given out, so an adopted instance keeps its
/// address. A service with one instance has its ports for good, since others are started with `${instance-of.SERVICE}`
/// and read it only once.
final class Addresses {
    private static final String HTTP = "http";
    private static final int NOBODY = 9; // the discard port: no service answers there
    private static final JsonMapper JSON = new JsonMapper();

    private final Processes processes;
    private final Path file;
    private final boolean isReading;
    private final Placing placing;
    private final Map<String, Listening> byInstance = new ConcurrentHashMap<>();
    private final Set<Integer> given =
            new HashSet<>(); // not given to two who start at the same time
    private final Map<String, Integer> lasting;

    /// Where an instance listens.
    ///
    /// @param host its host's address
    /// @param ports by name
    record Listening(String host, Map<String, Integer> ports) {
        Address http() {
            return new Address(host, ports.getOrDefault(HTTP, NOBODY));
        }
    }

    /// @param file where the lasting ports are kept
    /// @throws IOException when it can't be read
    Addresses(Processes processes, Path file) throws IOException {
        this(processes, file, Placing.at(KnownProcess.LOOPBACK));
    }

    /// @param placing the address at which what starts listens
    /// @throws IOException when the file can't be read
    Addresses(Processes processes, Path file, Placing placing) throws IOException {
        this(processes, file, placing, lasting(file), false);
        adopt();
    }

    private Addresses(
            Processes processes,
            Path file,
            Placing placing,
            Map<String, Integer> lasting,
            boolean isReading) {
        this.processes = processes;
        this.file = file;
        this.placing = placing;
        this.lasting = lasting;
        this.isReading = isReading;
    }

    /// For who only looks, and must not fail for want of a port: it gives none out and writes nothing.
    static Addresses reading(Processes processes, Path file) {
        var here = Placing.at(KnownProcess.LOOPBACK);
        try {
            return new Addresses(processes, file, here, lasting(file), true);
        } catch (IOException _) { // then no lasting port is known
            return new Addresses(processes, file, here, Map.of(), true);
        }
    }

    private static Map<String, Integer> lasting(Path file) throws IOException {
        return Files.exists(file)
                ? JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Integer>>() {})
                : new TreeMap<>();
    }

    /// Learns what the registry knows.
    private void adopt() {
        for (KnownProcess one : processes.known()) {
            byInstance.put(one.instance(), new Listening(one.host(), one.ports()));
        }
    }

    /// Where an instance answers; empty when it was never started here.
    Optional<Address> of(String instance) {
        return listening(instance).map(Listening::http);
    }

    /// The host of an instance, which is the usual one when it was never started.
    String host(String instance) {
        return listening(instance).map(Listening::host).orElseGet(placing::usual);
    }

    /// The host and the ports of an instance.
    Optional<Listening> listening(String instance) {
        if (!byInstance.containsKey(instance)) {
            adopt();
        }
        return Optional.ofNullable(byInstance.get(instance));
    }

    /// Where the one instance of a service answers, whether it runs yet or not.
    ///
    /// @throws IllegalArgumentException when the service has no `http` port
    Address ofTheOne(TradingSystem system, String name) {
        var service = system.service(name);
        var port = service.ports().get(HTTP);
        if (port == null) {
            throw new IllegalArgumentException(name + " has no http port");
        }
        var home = placing.home(name);
        var elsewhere =
                processes.known().stream()
                        .filter(one -> one.service().equals(name) && !one.state().dead())
                        .filter(one -> !one.host().equals(home))
                        .findFirst();
        if (elsewhere.isPresent()) {
            return new Listening(elsewhere.get().host(), elsewhere.get().ports()).http();
        }
        try {
            return new Address(home, lasting(service, HTTP, port, home));
        } catch (IOException e) {
            throw new IllegalArgumentException("no port for " + name + ": " + e.getMessage(), e);
        }
    }

    /// Ports for an instance that is about to start.
    ///
    /// @throws IOException when none is free, or what is chosen can't be kept
    synchronized Map<String, Integer> choose(Service service, String instance) throws IOException {
        var host = placing.place(service.name(), instance);
        var chosen = new TreeMap<String, Integer>();
        for (var each : service.ports().entrySet()) {
            var lastingOne = lasting(service, each.getKey(), each.getValue(), host);
            var isOnlyOne = service.replicas() == 1 || each.getValue() instanceof Port.Fixed;
            chosen.put(
                    each.getKey(), isOnlyOne && isFree(host, lastingOne) ? lastingOne : free(host));
        }
        byInstance.put(instance, new Listening(host, Map.copyOf(chosen)));
        return chosen;
    }

    private synchronized int lasting(Service service, String name, Port port, String host)
            throws IOException {
        if (port instanceof Port.Fixed(int number)) {
            return number;
        }
        var key = service.name() + "." + name;
        @Nullable Integer known = lasting.get(key);
        if (known != null) {
            return known;
        }
        if (isReading) {
            throw new IOException("it has none yet");
        }
        int fresh = free(host);
        lasting.put(key, fresh);
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        JSON.writeValue(unfinished.toFile(), lasting);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return fresh;
    }

    /// One that is free there; of another machine's only its engine can tell, so it is one that is free here.
    private int free(String host) throws IOException {
        for (int i = 0; i < 100; i++) {
            var port = SparePorts.find(isOurs(host) ? address(host) : null);
            if (port.isPresent()
                    && !lasting.containsValue(port.getAsInt())
                    && given.add(port.getAsInt())) {
                return port.getAsInt();
            }
        }
        throw new IOException("no free port on this machine");
    }

    private static boolean isFree(String host, int port) {
        if (!isOurs(host)) {
            return true;
        }
        try (var _ = new ServerSocket(port, 1, address(host))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isOurs(String host) {
        try (var _ = new ServerSocket(0, 1, address(host))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static InetAddress address(String host) throws IOException {
        return InetAddress.getByName(host);
    }
}
