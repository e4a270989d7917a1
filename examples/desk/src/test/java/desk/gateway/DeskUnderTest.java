package desk.gateway;

import static desk.common.Waiting.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.FreePorts;
import desk.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A desk of real processes in one folder, driven as an operator would.
final class DeskUnderTest implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    final Path folder;
    final Front front;
    private final int fixPort = FreePorts.next();
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    DeskUnderTest(Path folder) throws Exception {
        this.folder = folder;
        this.front = new Front();
        startVenue();
        beginDropCopy(); // it is waited for once a gateway is ready, which starts meanwhile
    }

    void startDropCopy() throws Exception {
        beginDropCopy();
        untilReady("drop-copy");
    }

    private void beginDropCopy() throws IOException {
        start("drop-copy", "drop-copy", Map.of("VENUE", "127.0.0.1:" + fixPort), List.of());
    }

    void startVenue() throws Exception {
        var settings = Map.of("FIX_PORT", "" + fixPort, "HOUSE_TAKES", "0");
        start("venue", "venue", settings, List.of());
        untilReady("venue");
    }

    Process startGateway(String instance, String version) throws IOException {
        return startGateway(instance, version, "http://127.0.0.1:" + ports.get("drop-copy"));
    }

    Process startGateway(String instance, String version, String dropCopy) throws IOException {
        return start(
                "gateway",
                instance,
                Map.of(
                        "VENUE", "127.0.0.1:" + fixPort,
                        "DROP_COPY", dropCopy,
                        "VERSION_FILE", "versions/gateway-" + version + ".conf"),
                List.of());
    }

    void startReadyGateway(String instance, String version) throws Exception {
        startGateway(instance, version);
        untilReady(instance);
        untilReady("drop-copy");
    }

    /// Until it is told to end.
    Process startLoad(int rate) throws IOException {
        return start(
                "load",
                "load",
                Map.of("GATEWAY", front.url()),
                List.of("--rate", "" + rate, "--seconds", "600", "--clients", "10"));
    }

    private Process start(
            String role, String instance, Map<String, String> settings, List<String> arguments)
            throws IOException {
        var port = ports.computeIfAbsent(instance, _ -> FreePorts.next());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx160m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "desk.Main", role));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(settings);
        builder.environment().put("PORT", "" + port);
        builder.environment().put("INSTANCE", instance);
        builder.environment().put("DESK_DIR", folder.toString());
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(instance + ".log").toFile()));
        var process = builder.start();
        processes.put(instance, process);
        return process;
    }

    /// One HTTP answer.
    record Answer(int status, String body) {
        JsonNode json() {
            return Json.parse(body);
        }
    }

    Answer get(String instance, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(instance, path)).GET());
    }

    Answer post(String instance, String path, Object body, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(uri(instance, path))
                        .POST(BodyPublishers.ofString(Json.text(body)));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static Answer send(HttpRequest.Builder request) throws Exception {
        var answer =
                HTTP.send(request.timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    private URI uri(String instance, String path) {
        return URI.create("http://127.0.0.1:" + ports.get(instance) + path);
    }

    int port(String instance) {
        return ports.get(instance);
    }

    int hook(String instance, String hook, long token) throws Exception {
        return post(instance, "/hooks/" + hook, "", "Pitcrew-Token", "" + token).status();
    }

    int drain(String instance, long token, String open) throws Exception {
        var headers = new String[] {"Pitcrew-Token", "" + token, "Pitcrew-Drain", open};
        return post(instance, "/hooks/drain", "", headers).status();
    }

    JsonNode status(String instance) throws Exception {
        return get(instance, "/status").json();
    }

    String state(String instance) throws Exception {
        return status(instance).path("state").asText();
    }

    Answer order(String instance, String id, String price, String... headers) throws Exception {
        return post(instance, "/orders", asked(id, price), headers);
    }

    /// What a client would send, to be made wrong by a test.
    static ObjectNode asked(String id, String price) {
        return Json.object()
                .put("client", "tester")
                .put("clientOrderId", id)
                .put("symbol", "AAA")
                .put("side", "BUY")
                .put("quantity", 10)
                .put("price", price);
    }

    List<String> events(String instance, String id) throws Exception {
        var events = new ArrayList<String>();
        for (var event : get(instance, "/orders?client=tester&after=0").json().path("events")) {
            if (event.path("id").asText().equals(id)) {
                events.add(event.path("event").asText());
            }
        }
        return events;
    }

    /// Activates, and waits until it is active, however long the venue holds on to the old session.
    void activate(String instance, long token) throws Exception {
        hook(instance, "activate", token);
        until(
                () -> state(instance).equals("ACTIVE"),
                () -> "; %s%n%s".formatted(status(instance), logs()));
        front.to(port(instance));
    }

    private String logs() throws IOException {
        var all = new StringBuilder();
        for (var one : processes.keySet()) {
            all.append(Files.readString(folder.resolve(one + ".log")));
        }
        return all.toString();
    }

    void untilReady(String instance) throws Exception {
        until(() -> get(instance, "/ready").status() == 200);
    }

    long pid(String instance) {
        return processes.get(instance).pid();
    }

    void kill(String instance) throws InterruptedException {
        processes.get(instance).destroyForcibly().waitFor();
    }

    void signal(String instance, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, "" + pid(instance)).start().waitFor();
    }

    /// Stops the process, and waits until each of its threads stands: after the signal they go on for a moment, long enough to begin a
    /// transaction.
    void stop(String instance) throws Exception {
        signal(instance, "STOP");
        var threads = Path.of("/proc", "" + pid(instance), "task");
        until(
                () -> {
                    try (var all = Files.list(threads)) {
                        for (var thread : all.toList()) {
                            var stat = Files.readString(thread.resolve("stat"));
                            if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                                return false;
                            }
                        }
                    }
                    return true;
                });
    }

    /// The offline judgement, by its own process.
    JsonNode audit() throws IOException, InterruptedException {
        start("audit", "audit", Map.of(), List.of("--format", "json")).waitFor();
        var text = Files.readString(folder.resolve("audit.log"));
        return Json.parse(text.substring(text.indexOf('{')));
    }

    @Override
    public void close() throws IOException {
        front.close();
        for (var process : processes.values()) {
            process.destroyForcibly(); // SIGKILL also ends a stopped process
        }
        for (var process : processes.values()) {
            process.onExit().join();
        }
    }
}
