package dev.pitcrew.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.cli.DemoWorld;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What people do today: Compose's own `up -d` with another image, on the port to which HAProxy leads, and then the hook that lets the new
/// one send. The controller that brought the desk up is dead by then.
final class ComposePeer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final long COMPOSE_SECONDS = 120;
    private static final long READY_SECONDS = 60;

    private final DockerDesk desk;
    private final List<String> compose;
    private final Path file;
    private final Path log;
    private final String socket;
    private final Container before;
    private final Address address;
    private final HttpClient http = HttpClient.newHttpClient();
    private int rounds;

    /// How long a round took.
    ///
    /// @param trouble why the new one does not send; empty when it does
    /// @param upSeconds until `up -d` came back
    /// @param doneSeconds until the new one could send
    record Round(String trouble, double upSeconds, double doneSeconds) {}

    /// The command, and which version it says it is; empty where there is none.
    ///
    /// @param named by whoever runs the bench; empty: `docker compose`, else `docker-compose`
    static Optional<Map.Entry<List<String>, String>> find(String named) {
        var ways =
                named.isEmpty()
                        ? List.of(List.of("docker", "compose"), List.of("docker-compose"))
                        : List.of(List.of(named));
        for (var way : ways) {
            var argv = new ArrayList<>(way);
            argv.addAll(List.of("version", "--short"));
            try {
                var process =
                        new ProcessBuilder(argv)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
                if (process.waitFor() == 0 && !said.isEmpty()) {
                    return Optional.of(Map.entry(way, said));
                }
            } catch (IOException _) { // it is not there
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.empty();
    }

    /// Takes over from Pitcrew, whose controller is killed.
    ComposePeer(DockerDesk desk, List<String> compose) throws IOException, InterruptedException {
        this.desk = desk;
        this.compose = compose;
        var active = desk.operator().line(DockerDesk.GATEWAY).active();
        var all =
                desk.operator().line(DockerDesk.GATEWAY).instances().stream()
                        .map(one -> one.name())
                        .toList();
        desk.operator().killController();
        before = desk.docker().containerOf(DockerDesk.OWNER, active);
        address = Address.local(Integer.parseInt(before.environment().get("PORT")));
        socket = desk.docker().socket().toString();
        file = desk.desk().folder().resolve("compose.json");
        log = desk.desk().folder().resolve("compose.log");
        var token = token();
        desk.docker().end(DockerDesk.OWNER, all);
        var first = up(token);
        if (!first.trouble().isEmpty()) {
            throw new IllegalStateException(first.trouble());
        }
    }

    /// A version that never ran in place of the one that runs.
    Round round() throws IOException, InterruptedException {
        return up(token());
    }

    /// `down`.
    void end() throws IOException, InterruptedException {
        var _ = run("down", "--timeout", "1");
    }

    private long token() {
        return status().path("highestToken").asLong() + 1;
    }

    private Round up(long token) throws IOException, InterruptedException {
        rounds++;
        write(desk.fresh());
        var begun = System.nanoTime();
        var exit = run("up", "-d");
        var up = seconds(begun);
        if (exit != 0) {
            return new Round("compose: " + Files.readString(log), up, up);
        }
        if (!DemoWorld.until(READY_SECONDS, () -> status().path("ready").asBoolean())) {
            return new Round("the new gateway never got ready", up, seconds(begun));
        }
        activate(token);
        var isActive = DemoWorld.until(READY_SECONDS, () -> status().path("active").asBoolean());
        return new Round(
                isActive ? "" : "the new gateway was not active: " + status(), up, seconds(begun));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void write(String version) throws IOException {
        var environment = new TreeMap<String, String>();
        before.environment()
                .forEach((name, value) -> environment.put(name, value.replace("$", "$$")));
        environment.put("INSTANCE", "composed-" + rounds);
        environment.computeIfPresent(
                "VERSION_FILE",
                (_, old) -> old.replaceFirst("-[^-]*\\.conf$", "-" + version + ".conf"));
        var mounts =
                before.mounts().stream()
                        .map(
                                one ->
                                        one.source()
                                                + ":"
                                                + one.target()
                                                + (one.isReadOnly() ? ":ro" : ""))
                        .toList();
        var gateway =
                Map.of(
                        "image",
                        "desk:" + version,
                        "command",
                        before.command(),
                        "network_mode",
                        "host",
                        "stop_grace_period",
                        "10s",
                        "environment",
                        environment,
                        "volumes",
                        mounts);
        JSON.writeValue(
                file.toFile(), Map.of("version", "3.7", "services", Map.of("gateway", gateway)));
    }

    private int run(String... words) throws IOException, InterruptedException {
        var argv = new ArrayList<>(compose);
        argv.addAll(List.of("-p", "peer", "-f", file.toString()));
        argv.addAll(List.of(words));
        var builder =
                new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("DOCKER_HOST", "unix://" + socket);
        var process = builder.start();
        if (!process.waitFor(COMPOSE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private void activate(long token) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address.at("/hooks/activate"))
                        .timeout(LIMIT)
                        .header("Pitcrew-Token", Long.toString(token))
                        .POST(BodyPublishers.noBody());
        var _ = http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode status() {
        try {
            var request = HttpRequest.newBuilder(address.at("/status")).timeout(LIMIT);
            var answer = http.send(request.GET().build(), BodyHandlers.ofString());
            return JSON.readTree(answer.body());
        } catch (IOException _) { // not yet, or not any more
            return JSON.createObjectNode();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return JSON.createObjectNode();
        }
    }
}
