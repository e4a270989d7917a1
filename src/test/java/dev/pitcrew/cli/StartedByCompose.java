package dev.pitcrew.cli;

import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingCompose;
import dev.pitcrew.runtime.docker.TestingDocker;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/// What Compose has started on a real engine, and the system file with which Pitcrew takes it over: a gateway that knows no passive mode, a strategy
/// with hooks, and books.
final class StartedByCompose {
    static final Owner OWNER = new Owner("taken", "paper");

    private static final String PROJECT = "taken";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static final String GATEWAY_AND_BOOKS =
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
    static final String STRATEGY =
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

    private final Path folder;
    private final TestingDocker docker;
    private final int port = FreePorts.next();
    private final List<String> started = new ArrayList<>();
    private @Nullable ContainerDesk desk; // null until it is asked for

    /// Writes the Compose file, and starts nothing yet.
    StartedByCompose(Path folder, TestingDocker docker) throws Exception {
        this.folder = folder;
        this.docker = docker;
        for (var one : List.of("taken-gateway:1", "taken-gateway:2")) {
            docker.java(one);
        }
        docker.tiny("taken-books:1");
        Files.writeString(folder.resolve("version.conf"), "version=1\n");
        Files.writeString(
                folder.resolve("docker-compose.yml"),
                filled(
                        """
                        name: taken
                        services:
                        GATEWAY
                        STRATEGY
                          books:
                            image: taken-books:1
                            command: BOOKS
                            healthcheck: {test: [CMD, cat, /bin/sh], interval: 200ms, timeout: 2s, retries: 3}
                            stop_grace_period: 1s
                          watch: {image: "taken-books:1"}
                        volumes: {tokens: {}}
                        """
                                .replace("GATEWAY\n", declared("gateway", "OUTSIDE:8080"))
                                .replace("STRATEGY\n", declared("strategy", "8080"))));
        TestingCompose.network(docker, PROJECT);
    }

    private static String declared(String service, String ports) {
        return """
              %1$s:
                image: taken-gateway:1
                command: ["JAVA", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-cp", "CODE", "MAIN"]
                environment: {PORT: "8080", HOST: 0.0.0.0, SERVICE: %1$s, VERSION_FILE: /version.conf, DESK_DIR: /data}
                ports: ["%2$s"]
                volumes: ["tokens:/data", "HOME:HOME:ro", "CODE:CODE:ro", "./version.conf:/version.conf:ro"]
                stop_grace_period: 1s
            """
                .formatted(service, ports);
    }

    /// @param without services that stay Compose's
    /// @param services what Pitcrew is to keep
    ContainerDesk desk(String without, String services) throws Exception {
        return desk(without, services, "none");
    }

    /// @param approval as the system file spells it
    ContainerDesk desk(String without, String services, String approval) throws Exception {
        return desk(without, services, approval, "engine: \"unix://SOCKET\"", "adopted.json");
    }

    /// On the second of two hosts, `a` at 127.0.0.2 and `b` at 127.0.0.3.
    ///
    /// @param first the other one's engine
    ContainerDesk onTwoHosts(TestingDocker first, String without, String services)
            throws Exception {
        return desk(
                without,
                services,
                "none",
                "hosts: {a: {address: 127.0.0.2, engine: \"unix://%s\"}, b: {address: 127.0.0.3, engine: \"unix://SOCKET\"}}"
                        .formatted(first.socket()),
                "adopted-b.json");
    }

    private ContainerDesk desk(
            String without, String services, String approval, String engines, String adopted)
            throws Exception {
        desk =
                new ContainerDesk(
                        folder,
                        docker,
                        OWNER,
                        filled(
                                """
                                system: taken
                                from: {files: [docker-compose.yml], without: [WITHOUT]}
                                services:
                                SERVICES
                                environments:
                                  paper: {kind: paper, approval: APPROVAL, gates: {diskFree: 1B}, runtime: docker, ENGINES}
                                """
                                        .replace("WITHOUT", without)
                                        .replace("APPROVAL", approval)
                                        .replace("ENGINES", engines)
                                        .replace("SERVICES", services.stripTrailing())),
                        adopted);
        return desk;
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

    /// The gateway runs, at [#port]; its container's id.
    String gateway() throws Exception {
        return service("gateway", port);
    }

    /// The strategy runs, at any port; its container's id.
    String strategy() throws Exception {
        return service("strategy", 0);
    }

    private String service(String name, int outside) throws Exception {
        return kept(
                TestingCompose.serve(
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
                        List.of()));
    }

    /// Books run; their container's id.
    String books() {
        return books("echo ready; trap 'exit 0' TERM; while :; do sleep 0.1; done", List.of());
    }

    /// Books run that do something else than the files say.
    ///
    /// @param line for the shell
    String books(String line, List<String> binds) {
        return kept(
                TestingCompose.serve(
                        docker,
                        PROJECT,
                        "books",
                        "taken-books:1",
                        List.of("sh", "-c", line),
                        List.of(),
                        binds,
                        Map.of(),
                        List.of("cat", "/bin/sh")));
    }

    private String kept(String container) {
        started.add(container);
        return container;
    }

    /// Where Compose has published the gateway.
    int port() {
        return port;
    }

    /// Where a container is published.
    int port(String container) {
        return docker.engine().container(container).orThrow().ports().stream()
                .filter(Container.Port::isPublished)
                .findFirst()
                .orElseThrow()
                .outside();
    }

    /// Ids of all that Compose has started.
    List<String> all() {
        return List.copyOf(started);
    }

    /// What somebody does by hand, or a service by itself, where nobody gives tokens out.
    static int activated(int at) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:%d/hooks/activate".formatted(at)))
                                .header("Pitcrew-Token", "7")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /// Whether a service answers there.
    static boolean answers(int at) {
        try {
            return get(at, "/who").statusCode() == 200;
        } catch (IOException | InterruptedException _) { // not yet
            return false;
        }
    }

    /// What a service says of itself.
    static String status(int at) {
        try {
            return get(at, "/status").body();
        } catch (IOException | InterruptedException e) {
            return e.toString();
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

    /// Whether an instance is active that runs what was taken over, in the same container or in another one.
    static boolean isActiveAgain(ContainerDesk desk, String taken) {
        var image = desk.container(taken).imageId();
        return desk.known().stream()
                .filter(one -> !one.state().dead())
                .filter(one -> status(desk.port(one.instance())).contains("\"active\": true"))
                .map(one -> desk.container(one.log().toString().replace("-json.log", "")))
                .anyMatch(one -> one.imageId().equals(image));
    }

    /// Ends all of it.
    void close() throws Exception {
        if (desk != null) {
            desk.close();
        }
        started.forEach(one -> TestingCompose.remove(docker, one));
        TestingCompose.removeVolume(docker, PROJECT, "tokens"); // else the next test has seen them
        TestingCompose.removeNetwork(docker, PROJECT);
    }
}
