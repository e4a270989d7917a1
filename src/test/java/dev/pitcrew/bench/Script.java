package dev.pitcrew.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.app.DataFolder;
import dev.pitcrew.cli.DemoWorld;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.balancer.BalancerClient;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people script: the same services, hooks and balancer, one line after the other, and nobody who holds, fences or compares.
/// The controller that brought the desk up is dead by then.
final class Script {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long START_SECONDS = 30;
    private static final long CHECK_SECONDS = 3; // a script's health check before it switches
    private static final long ACTIVE_SECONDS = 20;

    private final LocalProcesses processes;
    private final BalancerClient balancer;
    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway active;
    private int started;

    /// A gateway that runs.
    private record Gateway(KnownProcess process, Map<String, String> environment) {
        Address address() {
            return Address.local(process.ports().get("http"));
        }
    }

    /// Takes over from Pitcrew, whose controller is killed.
    Script(BenchDesk desk) throws IOException {
        processes = new LocalProcesses(new DataFolder(desk.folder()).processes());
        balancer = new BalancerClient(desk.folder().resolve("balancer.json"));
        var name = desk.operator().line(BenchDesk.GATEWAY).active();
        desk.operator().killController();
        active = running(name);
    }

    private Gateway running(String instance) throws IOException {
        var process =
                processes.known().stream()
                        .filter(one -> one.instance().equals(instance))
                        .findFirst()
                        .orElseThrow();
        return new Gateway(process, environment(((Running) process.state()).pid()));
    }

    private static Map<String, String> environment(long pid) throws IOException {
        var values = new HashMap<String, String>();
        for (var one :
                Files.readString(Path.of("/proc", Long.toString(pid), "environ")).split("\0", -1)) {
            var sign = one.indexOf('=');
            if (sign > 0 && !one.startsWith("PITCREW_")) {
                values.put(one.substring(0, sign), one.substring(sign + 1));
            }
        }
        return values;
    }

    /// Stops the old one, starts the new one, switches.
    ///
    /// @return why the new one is not active; empty when it is
    String stopStart() throws IOException, InterruptedException {
        var token = status(active).path("highestToken").asLong() + 1;
        processes.stop(active.process().instance(), GRACE);
        var next = start();
        activate(next, token);
        var isActive = DemoWorld.until(ACTIVE_SECONDS, () -> isActive(next));
        balancer.route(BenchDesk.GATEWAY, List.of(next.address()));
        active = next;
        return isActive ? "" : "the new gateway was not active: " + status(next);
    }

    /// Starts the new one, activates it beside the old one, switches, stops the old one.
    ///
    /// @return why the new one is not active; empty when it is
    String overlap() throws IOException, InterruptedException {
        var old = active;
        var next = start();
        activate(next, status(old).path("highestToken").asLong() + 1);
        var _ = DemoWorld.until(CHECK_SECONDS, () -> isActive(next));
        balancer.route(BenchDesk.GATEWAY, List.of(next.address()));
        processes.stop(old.process().instance(), GRACE);
        active = next;
        return DemoWorld.until(ACTIVE_SECONDS, () -> isActive(next))
                ? ""
                : "the new gateway was not active: " + status(next);
    }

    private Gateway start() throws IOException, InterruptedException {
        var port = FreePorts.next();
        var version = active.process().version().equals("2") ? "3" : "2";
        var instance = "scripted-" + ++started;
        var environment = new HashMap<>(active.environment());
        environment.put("PORT", Integer.toString(port));
        environment.put("INSTANCE", instance);
        environment.computeIfPresent(
                "VERSION_FILE",
                (_, file) -> file.replaceFirst("-[^-]*\\.conf$", "-" + version + ".conf"));
        var spec =
                new ProcessSpec(
                        instance,
                        BenchDesk.GATEWAY,
                        version,
                        active.process().argv(),
                        environment,
                        Path.of("bench", "handoff").toAbsolutePath(),
                        active.process().log().resolveSibling(instance + ".log"),
                        Map.of("http", port));
        var _ = processes.start(spec);
        var next = running(instance);
        if (!DemoWorld.until(START_SECONDS, () -> isReady(next))) {
            throw new IllegalStateException(instance + " never got ready");
        }
        return next;
    }

    private void activate(Gateway gateway, long token) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(gateway.address().at("/hooks/activate"))
                        .timeout(LIMIT)
                        .header("Pitcrew-Token", Long.toString(token))
                        .POST(BodyPublishers.noBody());
        var _ = http.send(request.build(), BodyHandlers.ofString());
    }

    private boolean isReady(Gateway gateway) {
        return status(gateway).path("ready").asBoolean();
    }

    private boolean isActive(Gateway gateway) {
        return status(gateway).path("active").asBoolean();
    }

    private JsonNode status(Gateway gateway) {
        return get(gateway, "/status").orElseGet(JSON::createObjectNode);
    }

    private Optional<JsonNode> get(Gateway gateway, String path) {
        try {
            var request = HttpRequest.newBuilder(gateway.address().at(path)).timeout(LIMIT);
            var answer = http.send(request.GET().build(), BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.of(JSON.readTree(answer.body()))
                    : Optional.empty();
        } catch (IOException e) { // not yet, or not any more
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
