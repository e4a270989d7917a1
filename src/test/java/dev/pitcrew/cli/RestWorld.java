package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.docker.TestingProgram;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is around the desk of examples/rest-desk: the venue as a broker whose answers sometimes never come, its drop copy, PostgreSQL in a
/// container, clients, and the audit.
final class RestWorld implements AutoCloseable {
    static final Path PLACE = Path.of("examples", "rest-desk");
    static final Path BASE = Path.of("target", "images", "rest-desk-base.tar");
    static final Path JAR = Path.of("examples", "desk", "target", "desk.jar").toAbsolutePath();

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path books;
    private final List<Integer> ports;
    private final List<Process> started = new ArrayList<>();
    private final TestingProgram database;
    private @Nullable Process load; // null until it is asked for

    /// Starts venue, drop copy and database.
    ///
    /// @param folder of the desk; the books lie below it
    RestWorld(Path folder, TestingDocker docker) throws Exception {
        books = Files.createDirectories(folder.resolve("books"));
        ports = Stream.generate(FreePorts::next).limit(6).toList();
        var config = Path.of("examples", "desk", "desk.conf").toAbsolutePath().toString();
        desk(
                "venue",
                List.of(),
                Map.of(
                        "PORT",
                        port(0),
                        "FIX_PORT",
                        port(1),
                        "REST_PORT",
                        port(2),
                        "STREAM_PORT",
                        port(3),
                        "REST_KEY",
                        "a-key",
                        "REST_RATE",
                        "400",
                        "REST_SILENT",
                        "0.01",
                        "FIX_PASSWORD",
                        "secret"));
        listening(2);
        desk(
                "drop-copy",
                List.of(),
                Map.of(
                        "PORT",
                        port(4),
                        "VENUE",
                        "127.0.0.1:" + port(1),
                        "FIX_PASSWORD",
                        "secret",
                        "CONFIG_FILE",
                        config));
        var start = Files.readString(PLACE.resolve("postgres/start"));
        database =
                new TestingProgram(
                        docker,
                        "rest-desk-base:1",
                        List.of("su", "postgres", "-s", "/bin/sh", "-c", start),
                        List.of("POSTGRES_PASSWORD=a-password", "PORT=" + port(5)));
        listening(5);
        Files.writeString(
                folder.resolve(".env"),
                """
                POSTGRES_PASSWORD=a-password
                POSTGRES_PORT=%s
                BROKER_KEY=a-key
                BROKER_URL=http://127.0.0.1:%s
                BROKER_STREAM=ws://127.0.0.1:%s/v1/stream
                """
                        .formatted(port(5), port(2), port(3)));
    }

    private String port(int which) {
        return ports.get(which).toString();
    }

    private void listening(int which) {
        Awaiting.until(
                "port " + which,
                LIMIT,
                () -> {
                    try (var _ = new Socket(InetAddress.getLoopbackAddress(), ports.get(which))) {
                        return true;
                    } catch (IOException _) {
                        return false;
                    }
                },
                this::said);
    }

    private Process desk(String role, List<String> arguments, Map<String, String> more)
            throws IOException {
        var argv = new ArrayList<>(List.of(Again.java(), "-jar", JAR.toString(), role));
        argv.addAll(arguments);
        var builder = new ProcessBuilder(argv).redirectInput(new File("/dev/null"));
        builder.environment().putAll(new TreeMap<>(more));
        builder.environment().put("DESK_DIR", books.toString());
        builder.environment().put("INSTANCE", role);
        builder.redirectOutput(books.resolve(role + ".out").toFile());
        builder.redirectError(books.resolve(role + ".log").toFile());
        var process = builder.start();
        started.add(process);
        return process;
    }

    /// Clients begin to send.
    void load(String front, int rate) throws IOException {
        load =
                desk(
                        "load",
                        List.of("--rate", "" + rate, "--seconds", "600", "--clients", "10"),
                        Map.of("GATEWAY", "http://" + front));
    }

    /// Clients stop, and wait for the end of each order.
    void endLoad() throws InterruptedException {
        var clients = Objects.requireNonNull(load);
        clients.destroy();
        if (!clients.waitFor(40, TimeUnit.SECONDS)) {
            throw new AssertionError("the clients do not end");
        }
    }

    /// How many orders the venue has taken.
    long accepted() throws IOException {
        return newOrders().size();
    }

    /// Their ids.
    List<String> acceptedIds() throws IOException {
        var ids = new ArrayList<String>();
        for (var line : newOrders()) {
            ids.add(JSON.readTree(line).path("clOrdId").asText());
        }
        return ids;
    }

    private List<String> newOrders() throws IOException {
        try (var lines = Files.lines(books.resolve("venue/orders.jsonl"))) {
            return lines.filter(one -> one.contains("\"NEW\"") && one.contains("\"accepted\":true"))
                    .toList();
        }
    }

    /// What the audit says.
    JsonNode audit() throws Exception {
        var audit = desk("audit", List.of(books.toString(), "--format", "json"), Map.of());
        if (!audit.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the audit does not end");
        }
        return JSON.readTree(books.resolve("audit.out").toFile());
    }

    String said() {
        return database == null ? "" : database.said();
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
        database.close();
    }
}
