package dev.pitcrew.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.cli.DarkArrivals.Order;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.SparePorts;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.Processes;
import dev.pitcrew.server.ControllerFile;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is outside the desk in a demo: the venue, the clients, the audit; and whoever kills processes.
public final class DemoWorld implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CLIENTS = 20;
    private static final long LOAD_END_SECONDS = 150; // longer than a client's patience in all
    private static final int STARTS_MAX = 5;

    private final Where.Place place;
    private final Path folder;
    private final Path desk;
    private final Path jar;
    private final Map<String, String> variables;
    private final Processes processes;
    private final Optional<DemoContainers> containers;
    private final List<Process> started = new ArrayList<>(); // guarded by itself
    private @Nullable Process load;
    private boolean isClosed; // guarded by started

    /// Starts the venue.
    ///
    /// @param desk the folder of the desk's project
    /// @throws Refused when the desk is not built, or its containers can't be
    public DemoWorld(Where.Place place, Path desk) throws IOException, InterruptedException {
        this.place = place;
        this.folder = place.data().path();
        this.desk = desk.toAbsolutePath();
        this.jar = this.desk.resolve("target").resolve("desk.jar");
        if (!Files.exists(jar)) {
            throw new Refused(
                    "the desk is not built: there is no " + jar,
                    "`./pitcrew` builds it in a clone");
        }
        Files.createDirectories(folder.resolve("witness"));
        var here = new LocalProcesses(place.data().processes());
        containers = DemoContainers.of(place, this.desk, here);
        processes = containers.<Processes>map(DemoContainers::processes).orElse(here);
        var password = password();
        var ports = freePorts(4);
        var lines = "127.0.0.1:%d,127.0.0.1:%d".formatted(ports.get(2), ports.get(3));
        variables =
                Map.of(
                        "SIMX_PORT", ports.get(1).toString(),
                        "SIMX_LINES", lines,
                        "DESK", this.desk.toString(),
                        "JAVA_HOME", System.getProperty("java.home"));
        var _ =
                desk(
                        "venue",
                        List.of(),
                        Map.of(
                                "PORT",
                                ports.get(0).toString(),
                                "FIX_PORT",
                                ports.get(1).toString(),
                                "LINE_PORTS",
                                ports.get(2) + "," + ports.get(3),
                                "FIX_PASSWORD",
                                password));
        var isUp = until(20, () -> isListening(ports.get(1)));
        if (!isUp) {
            close();
            throw new OperationFailed(
                    Code.NOT_STARTED,
                    "the venue did not start; see " + folder.resolve("venue.log"),
                    null);
        }
    }

    private String password() throws IOException {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        var password = HexFormat.of().formatHex(bytes);
        var secrets = Files.createDirectories(folder.resolve("secrets"));
        var file = secrets.resolve("fix-password");
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password);
        return password;
    }

    private Process desk(String role, List<String> arguments, Map<String, String> more)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(Again.java(), "-XX:+UseSerialGC", "-jar", jar.toString(), role));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.environment().putAll(more);
        builder.environment().put("DESK_DIR", folder.toString());
        builder.environment().put("INSTANCE", role);
        builder.environment().put("CONFIG_FILE", desk.resolve("desk.conf").toString());
        builder.redirectOutput(folder.resolve(role + ".out").toFile());
        builder.redirectError(folder.resolve(role + ".log").toFile());
        return start(builder);
    }

    /// Starts a process that ends at the latest when all of this ends.
    ///
    /// @throws OperationFailed when that is the case already: an end from outside comes at any moment
    private Process start(ProcessBuilder builder) throws IOException {
        synchronized (started) {
            if (isClosed) {
                throw new OperationFailed(Code.NOT_STARTED, "the demo has ended", null);
            }
            started.removeIf(one -> !one.isAlive());
            var process = builder.start();
            started.add(process);
            return process;
        }
    }

    /// Starts a controller, and waits until it answers. One of containers wants an answer of the engine's within seconds, so it is tried again, as
    /// a service manager would.
    void startController() throws IOException, InterruptedException {
        for (int left = containers.isPresent() ? STARTS_MAX : 1; ; left--) {
            try {
                var _ = Background.start(place, variables, this::start, _ -> {});
                return;
            } catch (OperationFailed e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    /// Begins to send orders through the balancer.
    ///
    /// @param rate orders a second
    /// @param settle seconds at the beginning whose latencies don't count
    public void load(int rate, int seconds, int settle) throws IOException {
        load("gateway", rate, seconds, settle);
    }

    /// The same by way of another service that takes orders.
    void load(String service, int rate, int seconds, int settle) throws IOException {
        var arguments =
                List.of(
                        "--rate",
                        "" + rate,
                        "--seconds",
                        "" + seconds,
                        "--settle",
                        "" + settle,
                        "--clients",
                        "" + CLIENTS);
        load = desk("load", arguments, Map.of("GATEWAY", "http://" + front(service), "PORT", "0"));
    }

    /// Where clients send orders.
    private String front(String service) throws IOException {
        var proxy = place.environment().proxy();
        if (proxy.isPresent()) {
            return Objects.requireNonNull(proxy.get().fronts().get(service)).listen().text();
        }
        var balancer = JSON.readTree(folder.resolve("balancer.json").toFile());
        var port = balancer.path("services").path(service).path("frontPort").asInt();
        return "127.0.0.1:" + port;
    }

    /// Lets the clients stop sending and wait for the end of each order.
    ///
    /// @return their own count; without content when they had to be killed
    public JsonNode endLoad() throws IOException, InterruptedException {
        if (load != null) {
            load.destroy();
            if (!load.waitFor(LOAD_END_SECONDS, TimeUnit.SECONDS)) {
                load.destroyForcibly();
            }
        }
        return JSON.readTree(folder.resolve("load.out").toFile());
    }

    /// What the desk's audit said.
    ///
    /// @param isClean by its exit code
    public record Audit(boolean isClean, JsonNode verdict) {}

    /// The audit of the desk's own files.
    ///
    /// @param seconds how long it may take
    public Audit audit(long seconds) throws IOException, InterruptedException {
        var process = desk("audit", List.of(folder.toString(), "--format", "json"), Map.of());
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new OperationFailed(Code.UNREACHABLE, "the audit did not end", null);
        }
        var verdict = JSON.readTree(folder.resolve("audit.out").toFile());
        return new Audit(process.exitValue() == 0, verdict);
    }

    /// When the venue last accepted a new order; empty when it never did.
    Optional<Instant> lastAccepted() throws IOException {
        return accepted().stream().map(Order::at).max(Comparator.naturalOrder());
    }

    /// When orders were sent by clients, and accepted by the venue.
    DarkArrivals arrivals() throws IOException {
        var sent = new ArrayList<Order>();
        try (var files = Files.newDirectoryStream(folder.resolve("clients"), "*.jsonl")) {
            for (var file : files) {
                var client = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
                for (var line : lines(file)) {
                    if (line.path("event").asText().equals("SENT")) {
                        sent.add(order(client + "-" + line.path("id").asText(), line));
                    }
                }
            }
        }
        return new DarkArrivals(sent, accepted());
    }

    private List<Order> accepted() throws IOException {
        var accepted = new ArrayList<Order>();
        for (var line : lines(folder.resolve("venue").resolve("orders.jsonl"))) {
            if (line.path("kind").asText().equals("NEW") && line.path("accepted").asBoolean()) {
                accepted.add(order(line.path("clOrdId").asText(), line));
            }
        }
        return accepted;
    }

    private static Order order(String name, JsonNode line) {
        return new Order(name, Instant.parse(line.path("at").asText()));
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().flatMap(line -> json(line).stream()).toList();
    }

    /// Empty for the half line of a client that was killed.
    private static Optional<JsonNode> json(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /// Runs a verb of ours as a process of its own, as an operator would.
    ///
    /// @return what it printed
    Said pitcrew(String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of(
                        "--file",
                        place.file().toString(),
                        "--env",
                        place.environment().name(),
                        "--dir",
                        folder.toString()));
        var command = Again.command(List.of("-XX:TieredStopAtLevel=1"), all);
        var out = Files.createTempFile(folder, "verb", ".out");
        var builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.environment().putAll(variables);
        builder.redirectOutput(out.toFile())
                .redirectError(Redirect.appendTo(folder.resolve("verbs.log").toFile()));
        var process = start(builder);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Said(process.waitFor(), Files.readString(out));
    }

    /// What a verb said.
    record Said(int exitCode, String text) {
        JsonNode json() throws IOException {
            return JSON.readTree(text);
        }
    }

    /// Kills the controller at once.
    void killController() {
        ControllerFile.read(place.data().controller())
                .flatMap(ControllerFile::process)
                .ifPresent(
                        process -> {
                            process.destroyForcibly();
                            until(10, () -> !process.isAlive());
                        });
    }

    /// Sends a signal to an instance's own process.
    void signal(String instance, String signal) throws IOException, InterruptedException {
        var pid =
                known().stream()
                        .filter(one -> one.instance().equals(instance))
                        .flatMap(
                                one ->
                                        one.state() instanceof ProcessState.Running running
                                                ? Stream.of(running.pid())
                                                : Stream.empty())
                        .findFirst()
                        .orElseThrow(() -> new Refused(instance + " does not run", ""));
        new ProcessBuilder("kill", "-" + signal, pid.toString()).inheritIO().start().waitFor();
    }

    private List<KnownProcess> known() {
        return processes.known();
    }

    /// Waits until it is so, looking again and again.
    ///
    /// @return whether it was so in time
    public static boolean until(long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(50_000_000);
        }
        return true;
    }

    private static boolean isListening(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var ports = new LinkedHashSet<Integer>();
        while (ports.size() < count) {
            ports.add(
                    SparePorts.find(InetAddress.getLoopbackAddress())
                            .orElseThrow(() -> new IOException("no free port on this machine")));
        }
        return List.copyOf(ports);
    }

    /// Ends everything that the demo started. May be called on any thread, and twice.
    @Override
    public void close() {
        List<Process> all;
        synchronized (started) {
            isClosed = true;
            all = List.copyOf(started);
        }
        killController();
        all.forEach(Process::destroyForcibly);
        // Whoever still dies might start an instance.
        var _ = until(10, () -> all.stream().noneMatch(Process::isAlive));
        processes.known().forEach(one -> processes.kill(one.instance()));
        containers.ifPresent(DemoContainers::close);
    }

    /// Whether instances are containers.
    boolean isContained() {
        return containers.isPresent();
    }
}
