package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.DockerProcesses;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingCompose;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A desk that Compose has started is taken over while it works, then changed, taken back and brought down, on a real engine.
@Tag("real")
class TakeOverOnDockerTest {
    private static final String PROJECT = "taken";
    private static final Owner OWNER = new Owner(PROJECT, "paper");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String GATEWAY_AND_BOOKS =
            """
              gateway:
                role: order-entry
                container: {image: "taken-gateway:${version}"}
                singleActive: {fence: [process], drain: {policy: wait, limit: 1s}, onFailure: restart}
                probes:
                  every: 100ms
                  timeout: 2s
                  limit: 5s
                  ready: {http: /ready}
                  session: {http: /status, pointer: /session/loggedOn}
                  unanswered: {http: /status, pointer: /unanswered}
                  inDoubt: {http: /status, pointer: /inDoubt}
                  openOrders: {command: [sh, -c, "echo 0"]}
                rollout: {readyLimit: 30s, bake: 300ms}
              books: {role: other, rollout: {readyLimit: 30s, bake: 300ms}}
            """
                    .indent(2);
    private static final String STRATEGY =
            """
              strategy:
                role: strategy
                container: {image: "taken-gateway:${version}"}
                singleActive: {fence: [process], drain: {policy: wait, limit: 1s}, onFailure: restart}
                probes:
                  every: 100ms
                  timeout: 2s
                  limit: 5s
                  ready: {http: /ready}
                  active: {http: /status, pointer: /active}
                  token: {http: /status, pointer: /highestToken}
                  unanswered: {http: /status, pointer: /unanswered}
                  inDoubt: {http: /status, pointer: /inDoubt}
                  openOrders: {command: [sh, -c, "echo 0"]}
                hooks: {drain: {http: /hooks/drain}, activate: {http: /hooks/activate}, deactivate: {http: /hooks/deactivate}, kill: {http: /hooks/kill}, rearm: {http: /hooks/rearm}}
                rollout: {strategy: handoff, readyLimit: 30s, bake: 300ms}
            """
                    .indent(2);

    @TempDir private Path folder;
    private TestingDocker docker;
    private DataFolder data;
    private int port;
    private List<String> containers = List.of();

    /// What a verb did.
    private record Done(ExitCode end, String out, String err) {}

    @BeforeEach
    void start() throws Exception {
        docker = TestingDocker.shared();
        for (var one : List.of("taken-gateway:1", "taken-gateway:2")) {
            docker.java(one);
        }
        docker.tiny("taken-books:1");
        data = new DataFolder(folder.resolve("data"));
        port = FreePorts.next();
        Files.writeString(folder.resolve("version.conf"), "version=1\n");
        Files.writeString(
                folder.resolve("docker-compose.yml"),
                filled(
                        """
                        name: taken
                        services:
                          gateway:
                            image: taken-gateway:1
                            command: ["JAVA", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-cp", "CODE", "MAIN"]
                            environment: {PORT: "8080", HOST: 0.0.0.0, SERVICE: gateway, VERSION_FILE: /version.conf, DESK_DIR: /data}
                            ports: ["OUTSIDE:8080"]
                            volumes: ["tokens:/data", "HOME:HOME:ro", "CODE:CODE:ro", "./version.conf:/version.conf:ro"]
                            stop_grace_period: 1s
                          strategy:
                            image: taken-gateway:1
                            command: ["JAVA", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-cp", "CODE", "MAIN"]
                            environment: {PORT: "8080", HOST: 0.0.0.0, SERVICE: strategy, VERSION_FILE: /version.conf, DESK_DIR: /data}
                            ports: ["8080"]
                            volumes: ["tokens:/data", "HOME:HOME:ro", "CODE:CODE:ro", "./version.conf:/version.conf:ro"]
                            stop_grace_period: 1s
                          books:
                            image: taken-books:1
                            command: BOOKS
                            healthcheck: {test: [CMD, cat, /bin/sh], interval: 200ms, timeout: 2s, retries: 3}
                            stop_grace_period: 1s
                          watch: {image: "taken-books:1"}
                        volumes: {tokens: {}}
                        """));
        TestingCompose.network(docker, PROJECT);
    }

    /// What Pitcrew is to keep; all else stays Compose's.
    private void system(String without, String services) throws Exception {
        Files.writeString(
                folder.resolve("pitcrew.yaml"),
                filled(
                        """
                        system: taken
                        from: {files: [docker-compose.yml], without: [WITHOUT]}
                        services:
                        SERVICES
                        environments:
                          paper: {kind: paper, approval: none, gates: {diskFree: 1B}, runtime: docker, engine: "unix://SOCKET"}
                        """
                                .replace("WITHOUT", without)
                                .replace("SERVICES", services.stripTrailing())));
    }

    private String filled(String text) throws Exception {
        return text.replace("JAVA", home().resolve("bin/java").toString())
                .replace("HOME", home().toString())
                .replace("CODE", code().toString())
                .replace("MAIN", TestingService.class.getName())
                .replace("OUTSIDE", "" + port)
                .replace(
                        "BOOKS",
                        "[sh, -c, \"echo ready; trap 'exit 0' TERM; while :; do sleep 0.1; done\"]")
                .replace("SOCKET", docker.socket().toString());
    }

    private static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    private static Path code() throws Exception {
        return Path.of(
                TestingService.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private String service(String name, int outside) throws Exception {
        return TestingCompose.serve(
                docker,
                PROJECT,
                name,
                "taken-gateway:1",
                List.of(
                        home().resolve("bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx32m",
                        "-cp",
                        code().toString(),
                        TestingService.class.getName()),
                List.of(
                        "PORT=8080",
                        "HOST=0.0.0.0",
                        "SERVICE=" + name,
                        "VERSION_FILE=/version.conf",
                        "DESK_DIR=/data"),
                List.of(
                        "taken_tokens:/data",
                        home() + ":" + home() + ":ro",
                        code() + ":" + code() + ":ro",
                        folder.resolve("version.conf") + ":/version.conf:ro"),
                Map.of(8080, outside),
                List.of());
    }

    private String books() {
        return TestingCompose.serve(
                docker,
                PROJECT,
                "books",
                "taken-books:1",
                List.of("sh", "-c", "echo ready; trap 'exit 0' TERM; while :; do sleep 0.1; done"),
                List.of(),
                List.of(),
                Map.of(),
                List.of("cat", "/bin/sh"));
    }

    @AfterEach
    void end() throws Exception {
        if (docker != null && data != null) {
            endController();
            docker.clean(OWNER);
            containers.forEach(one -> TestingCompose.remove(docker, one));
            TestingCompose.removeNetwork(docker, PROJECT);
        }
    }

    private void endController() throws Exception {
        var controller = ControllerFile.read(data.controller()).flatMap(ControllerFile::process);
        if (controller.isPresent()) {
            controller.get().destroyForcibly();
            controller.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    @Tag("long")
    void it_is_taken_over_under_load_then_changes_its_version_goes_back_and_comes_down()
            throws Exception {
        system("watch, strategy", GATEWAY_AND_BOOKS);
        var gateway = service("gateway", port);
        containers = List.of(gateway, books());
        Awaiting.until("the gateway", LIMIT, () -> answers(port), this::said);
        var before = container(gateway);
        try (var client = new Client()) {
            var plan = good("adopt", "--take", "--plan");
            assertThat(plan.out())
                    .contains(
                            "taken-gateway-1  taken-gateway:1",
                            "at http " + port,
                            "unless-stopped becomes no");
            assertThat(run("adopt", "--take").end()).isEqualTo(ExitCode.USAGE);
            assertThat(container(gateway).restart()).isEqualTo(before.restart());

            var beside = run("up");
            assertThat(beside.end()).isEqualTo(ExitCode.REFUSED);
            assertThat(beside.err()).contains("taken-gateway-1", "adopt --take");
            assertThat(living()).isEmpty();

            good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");
            assertThat(living()).containsExactly("books-1", "gateway-1");
            assertThat(good("adopt", "--take", "--reason", "again", "--wait").out())
                    .contains("Pitcrew keeps it already, as version adopted");

            endController();
            good("up"); // which starts nobody twice
            assertThat(living()).containsExactly("books-1", "gateway-1");
            assertThat(ofProject()).containsExactlyInAnyOrderElementsOf(containers);
            client.served(20);
            assertThat(client.failures()).isZero();
        }
        var after = container(gateway);
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.networks()).isEqualTo(before.networks());
        assertThat(after.restart().policy()).isEqualTo("no");
        assertThat(good("status").out()).contains("gateway-1", "adopted");
        assertThat(good("logs", "books").out()).contains("ready");
        assertThat(good("ledger", "show").out()).contains("Pitcrew keeps it now");

        good("deploy", "gateway", "2", "--wait");
        var second = container("pitcrew-taken-paper-gateway-2");
        assertThat(second.imageId()).isNotEqualTo(before.imageId());
        assertThat(second.state().startedAt().orElseThrow())
                .isAfterOrEqualTo(container(gateway).state().finishedAt().orElseThrow());
        good("rollback", "gateway");
        Awaiting.until(
                "the image that was taken over",
                LIMIT,
                () -> living().contains("gateway-3"),
                this::said);
        assertThat(container("pitcrew-taken-paper-gateway-3").imageId())
                .isEqualTo(before.imageId());

        TestingCompose.kill(docker, containers.getLast());
        Awaiting.until(
                "another one in its place", LIMIT, () -> living().contains("books-2"), this::said);
        down();
    }

    @Test
    @Tag("long")
    void one_with_hooks_hands_over_and_the_way_back_leads_to_its_image() throws Exception {
        system("watch, gateway, books", STRATEGY);
        var strategy = service("strategy", 0);
        containers = List.of(strategy);
        activate(strategy);

        good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");
        good("deploy", "strategy", "2", "--wait");
        assertThat(status("strategy-2")).contains("\"active\": true");

        good("rollback", "strategy");
        Awaiting.until(
                "what was taken over, active again", LIMIT, () -> isBack(strategy), this::said);
        down();
    }

    private boolean isBack(String taken) {
        var image = container(taken).imageId();
        return known().stream()
                .filter(one -> !one.state().dead())
                .filter(one -> status(one.instance()).contains("\"active\": true"))
                .map(one -> container(one.log().toString().replace("-json.log", "")))
                .anyMatch(one -> one.imageId().equals(image));
    }

    private void down() {
        Awaiting.until(
                "the end of the change, and then of all",
                LIMIT,
                () -> run("down").end() == ExitCode.OK,
                this::said);
        assertThat(living()).isEmpty();
        containers.forEach(one -> assertThat(container(one).state().lives()).isFalse());
        good("ledger", "verify");
    }

    /// Containers of the project and of Pitcrew, by id.
    private List<String> ofProject() {
        return docker.engine().containers(Map.of()).orThrow().stream()
                .filter(id -> container(id).name().contains("taken"))
                .toList();
    }

    /// What somebody does by hand, or the service by itself, where nobody gives tokens out.
    private void activate(String container) throws Exception {
        var outside =
                container(container).ports().stream()
                        .filter(Container.Port::isPublished)
                        .findFirst()
                        .orElseThrow()
                        .outside();
        Awaiting.until("the strategy", LIMIT, () -> answers(outside), this::said);
        var answer =
                HTTP.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:%d/hooks/activate"
                                                        .formatted(outside)))
                                .header("Pitcrew-Token", "7")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static boolean answers(int at) {
        try {
            return get(at, "/who").statusCode() == 200;
        } catch (IOException | InterruptedException _) { // not yet
            return false;
        }
    }

    private static HttpResponse<String> get(int at, String path)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(at, path)))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String status(String instance) {
        int at =
                known().stream()
                        .filter(one -> one.instance().equals(instance))
                        .map(one -> one.ports().getOrDefault("http", 0))
                        .findFirst()
                        .orElseThrow();
        try {
            return get(at, "/status").body();
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    /// Sends one request after the other to where Compose has published the gateway.
    private final class Client implements AutoCloseable {
        private final AtomicInteger served = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

        Client() {
            var _ = timer.scheduleWithFixedDelay(this::send, 0, 10, TimeUnit.MILLISECONDS);
        }

        private void send() {
            (answers(port) ? served : failed).incrementAndGet();
        }

        int failures() {
            return failed.get();
        }

        void served(int more) {
            int enough = served.get() + more;
            Awaiting.until(
                    "more requests",
                    LIMIT,
                    () -> served.get() >= enough || failed.get() > 0,
                    () -> served + " served, " + failed + " failed");
        }

        @Override
        public void close() {
            timer.close();
        }
    }

    private Container container(String idOrName) {
        return docker.engine().container(idOrName).orThrow();
    }

    private List<String> living() {
        return known().stream()
                .filter(one -> !one.state().dead())
                .map(KnownProcess::instance)
                .toList();
    }

    private List<KnownProcess> known() {
        try {
            return new DockerProcesses(docker.engine(), OWNER, data.path().resolve("adopted.json"))
                    .known();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String said() {
        try {
            var log = data.controllerLog();
            return run("status").out() + (Files.exists(log) ? Files.readString(log) : "");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Done good(String... words) {
        var done = run(words);
        assertThat(done.end()).as("%s %s %s", List.of(words), done, said()).isEqualTo(ExitCode.OK);
        return done;
    }

    private Done run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--file", folder.resolve("pitcrew.yaml").toString()));
        line.addAll(List.of("--dir", data.path().toString()));
        var end =
                Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        line.toArray(String[]::new));
        return new Done(end, out.toString(), err.toString());
    }
}
