package dev.pitcrew.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.cli.VerbDesk.Done;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.Balancers;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.haproxy.TestingHaproxy;
import dev.pitcrew.runtime.nginx.TestingNginx;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Handoff, canary and blue-green with containers behind a real HAProxy and a real nginx, while clients ask all the time.
@Tag("real")
@Tag("long")
class StrategiesOnDockerTest {
    private static final Owner OWNER = new Owner("small", "demo");
    private static final int CLIENTS = 8;
    private static final int LIMIT_MILLIS = 10_000;

    @TempDir private Path folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>(); // closed in reverse
    private final Map<String, Integer> fronts =
            Map.of("gateway", FreePorts.next(), "web", FreePorts.next(), "blue", FreePorts.next());
    private TestingDocker docker;
    private @Nullable VerbDesk desk;
    private String second;
    private volatile boolean isChanging;

    @BeforeEach
    void images() throws IOException {
        docker = TestingDocker.shared();
        docker.java("desk:1");
        second = docker.java("desk:2");
    }

    @AfterEach
    void end() throws Exception {
        if (desk != null) {
            desk.close();
            docker.clean(OWNER);
        }
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void behind_haproxy_nobody_loses_a_request_but_those_refused_in_a_handoff() throws Exception {
        TestingHaproxy.program();
        var socket = folder.resolve("s");
        var place = write("haproxy", "sockets: [\"%s\"]".formatted(socket));
        open.push(new TestingHaproxy(place, socket.toString()));

        allThree();
    }

    @Test
    void behind_nginx_nobody_loses_a_request_but_those_refused_in_a_handoff() throws Exception {
        TestingNginx.assumeInstalled();
        var place =
                write(
                        "nginx",
                        "pid: \"%1$s/nginx.pid\", configuration: \"%1$s/nginx.main\""
                                .formatted(folder));
        open.push(new TestingNginx(place));

        allThree();
    }

    private void allThree() throws Exception {
        good("up");

        assertThat(changed("gateway")).containsOnly(200, 503);
        assertThat(changed("web")).containsOnly(200);
        assertThat(changed("blue")).containsOnly(200);
    }

    /// What clients were told while a service went to its second version, whose image serves in the end.
    private Set<Integer> changed(String service) throws Exception {
        isChanging = true;
        Queue<Integer> told = new ConcurrentLinkedQueue<>();
        var threads =
                IntStream.range(0, CLIENTS)
                        .mapToObj(one -> Thread.ofVirtual().start(() -> ask(service, one, told)))
                        .toList();
        try {
            good("deploy", service, "2", "--wait");
        } finally {
            isChanging = false;
            for (var one : threads) {
                one.join();
            }
        }
        assertThat(docker.imageOf(OWNER, who(service))).isEqualTo(second);
        return told.stream().collect(Collectors.toSet());
    }

    private String who(String service) throws IOException {
        var connection = connection(service, 0);
        assertThat(connection.getResponseCode()).isEqualTo(200);
        try (var body = connection.getInputStream()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    private void ask(String service, int client, Queue<Integer> told) {
        while (isChanging) {
            try {
                told.add(connection(service, client).getResponseCode());
            } catch (IOException _) {
                told.add(0);
            }
        }
    }

    private HttpURLConnection connection(String service, int client) throws IOException {
        var front = URI.create("http://127.0.0.1:%d/who".formatted(fronts.get(service)));
        var connection = (HttpURLConnection) front.toURL().openConnection();
        connection.setRequestProperty("X-Client", "client-" + client);
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        return connection;
    }

    private Done good(String... words) throws Exception {
        var desk = Objects.requireNonNull(this.desk);
        var done = desk.run(words);
        assertThat(done.end()).as("%s %s", done, desk.log()).isEqualTo(ExitCode.OK);
        return done;
    }

    /// The desk's file, with two services more of which several may serve.
    private ProxyPlace write(String balancer, String where) throws Exception {
        var code = TestingService.class.getProtectionDomain().getCodeSource().getLocation();
        var container =
                "container: {image: \"desk:${version}\", stopGrace: 1s, mounts: [%s, %s, %s]}"
                        .formatted(
                                mount(Path.of(System.getProperty("java.home")), true),
                                mount(Path.of(code.toURI()), true),
                                mount(folder, false));
        var listens =
                fronts.entrySet().stream()
                        .map(
                                one ->
                                        "%s: {listen: \"127.0.0.1:%d\"}"
                                                .formatted(one.getKey(), one.getValue()))
                        .collect(Collectors.joining(", "));
        var environment =
                """
                environments:
                  demo:
                    runtime: docker
                    engine: "unix://%s"
                    kind: demo
                    approval: none
                    gates: {diskFree: 1B}
                    balancer: %s
                    proxy: {folder: "%s", %s, fronts: {%s}}
                """
                        .formatted(
                                docker.socket(),
                                balancer,
                                Files.createDirectories(folder.resolve("p")),
                                where,
                                listens);
        Files.createDirectories(folder.resolve("data"));
        var made =
                new VerbDesk(
                        folder,
                        text ->
                                services(text)
                                        .replace(
                                                "artifact: [\"versions/${version}.conf\"]",
                                                container)
                                        .replaceFirst("strategy: stop-start", "strategy: handoff")
                                        .replaceFirst("(?s)environments:.*", environment));
        desk = made;
        return switch (SystemFile.read(folder.resolve("pitcrew.yaml"))) {
            case Read.Good<TradingSystem>(var system) ->
                    Balancers.place(
                                    new ControllerSettings(
                                            system, "demo", made.data().path(), Map.of()))
                            .orElseThrow();
            case Read.Bad<TradingSystem>(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    private static String services(String text) {
        var command = text.lines().filter(one -> one.strip().startsWith("command:")).findFirst();
        var all = new StringBuilder();
        Map.of(
                        "web",
                        "strategy: canary, canary: {shares: [50%]}, sticky: {key: {header: X-Client}}",
                        "blue",
                        "strategy: blue-green")
                .forEach(
                        (name, strategy) ->
                                all.append(
                                        """
                                          %s:
                                            role: stateless
                                        %s
                                            artifact: ["versions/${version}.conf"]
                                            replicas: 2
                                            ports: {http: auto}
                                            env: {PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
                                            probes: {every: 100ms, timeout: 2s, limit: 5s, ready: {http: /ready}, digest: {http: /status, pointer: /digest/binary}}
                                            rollout: {%s, readyLimit: 30s, bake: 300ms, keepWarm: 1s}
                                        """
                                                .formatted(name, command.orElseThrow(), strategy)));
        return text.replace("environments:", all + "environments:");
    }

    private static String mount(Path path, boolean isReadOnly) {
        return "{folder: \"%s\", at: \"%s\", readOnly: %s}".formatted(path, path, isReadOnly);
    }
}
