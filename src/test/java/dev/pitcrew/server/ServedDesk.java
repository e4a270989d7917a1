package dev.pitcrew.server;

import dev.pitcrew.app.Kill;
import dev.pitcrew.app.Reach;
import dev.pitcrew.app.WrittenKill;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.Alarms;
import dev.pitcrew.runtime.Artifacts;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.Controller;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.Spool;
import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.http.ServiceHooks;
import dev.pitcrew.runtime.http.ServiceProbing;
import dev.pitcrew.runtime.process.LocalProcesses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// A desk of [TestingService]s with a real controller, API and console; changes need two people.
final class ServedDesk implements AutoCloseable {
    static final String SECRET = "hush-hush-this-is-the-password";

    final Operators operators;
    final String ann;
    final String bob;
    final String guest;
    private final Path folder;
    private final Controller controller;
    private final ServiceHooks hooks;
    private final Api api;
    private final HttpClient http = HttpClient.newHttpClient();

    ServedDesk(Path folder) throws IOException {
        this(folder, Optional.empty());
    }

    ServedDesk(Path folder, Optional<Listening.Beyond> beyond) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("versions"));
        for (var version : java.util.List.of("1", "2")) {
            Files.writeString(
                    folder.resolve("versions").resolve(version + ".conf"), version + " good\n");
        }
        Files.writeString(folder.resolve("pitcrew.yaml"), TEXT);
        var system = system(folder);
        var data = folder.resolve("data");
        controller =
                Controller.open(
                        new ControllerSettings(
                                system,
                                "demo",
                                data,
                                Map.of(
                                        "JAVA_HOME",
                                        System.getProperty("java.home"),
                                        "TEST_CLASSES",
                                        testClasses(),
                                        "DESK_SECRET",
                                        SECRET)));
        operators = new Operators(folder.resolve("operators.json"), new SecureRandom());
        ann = operators.add("ann");
        bob = operators.add("bob");
        guest = operators.add("guest", Optional.of("ann"), grant(Right.READ));
        hooks = new ServiceHooks(controller.processes());
        var clock = Clock.systemUTC();
        var kill =
                new Kill(
                        new Reach(
                                system,
                                data,
                                controller.processes(),
                                hooks,
                                new ServiceProbing(clock)),
                        clock);
        var room =
                new Room(
                        system,
                        system.environment("demo"),
                        controller.loop(),
                        controller::facts,
                        controller.ledger(),
                        new Artifacts(folder)::release,
                        controller::status,
                        OpeningRoom.of(
                                controller,
                                new Alarms(system, system.environment("demo"), data, Map.of())),
                        new WrittenKill(kill, new Spool(data), system, clock)::run);
        api = new Api(room, operators, new Listening(0, beyond));
    }

    static Grant grant(Right... rights) {
        return new Grant(EnumSet.copyOf(Set.of(rights)), Set.of(), Set.of(), Optional.empty());
    }

    private static TradingSystem system(Path folder) {
        return switch (SystemFile.read(folder.resolve("pitcrew.yaml"))) {
            case Read.Good<TradingSystem>(var whole) -> whole.in("demo");
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }

    private static String testClasses() {
        var code = TestingService.class.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(code.toString())).toString();
    }

    Api api() {
        return api;
    }

    Controller controller() {
        return controller;
    }

    String url(String path) {
        return "http://127.0.0.1:" + api.port() + path;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path, String token) {
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> post(String act, String body, String token) {
        return send(
                request("/v1/" + act)
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString(body)));
    }

    void await(String what, BooleanSupplier isSo) {
        Awaiting.until(what, Duration.ofSeconds(60), isSo, () -> controller.status().toString());
    }

    /// Brings a service up that never ran.
    void first(String service) {
        deploy(service, "1");
        await(
                service + " to serve",
                () -> get("/v1/rollouts", ann).body().contains("\"outcome\":\"DONE\""));
    }

    /// Asked by ann, approved by bob.
    void deploy(String service, String version) {
        ask(service, version);
        var hash =
                controller.desk().service(service).rollout().orElseThrow().plan().approval().hash();
        post("approve", "{\"service\":\"%s\",\"hash\":\"%s\"}".formatted(service, hash), bob);
    }

    /// Asked by ann, and not approved.
    void ask(String service, String version) {
        var answer =
                post(
                        "deploy",
                        "{\"service\":\"%s\",\"version\":\"%s\",\"reason\":\"because\"}"
                                .formatted(service, version),
                        ann);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    @Override
    public void close() throws IOException {
        http.shutdownNow();
        api.close();
        hooks.close();
        controller.close();
        var processes = new LocalProcesses(folder.resolve("data/processes"));
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    private static final String TEXT =
            """
            system: desk
            owner: {desk: equities, strategy: pairs}
            venues:
              simx:
                protocol: FIX.4.4
                address: 127.0.0.1:1
                session: {sender: DESK1, target: SIMX}
            services:
              gateway:
                role: order-entry
                venues: [simx]
                command: &command ["${env.JAVA_HOME}/bin/java", -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -Xmx32m, -cp, "${env.TEST_CLASSES}", dev.pitcrew.runtime.TestingService]
                artifact: &artifact ["versions/${version}.conf"]
                replicas: 2
                ports: &ports {http: auto}
                env: {SERVICE: gateway, PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
                secrets: {FIX_PASSWORD: {env: DESK_SECRET}}
                singleActive: {fence: [session, process], drain: {policy: hand-over, limit: 5s}, onFailure: standby, hangLimit: 5s, twiceWithin: 1ms}
                probes:
                  every: 100ms
                  timeout: 2s
                  limit: 4s
                  ready: {http: /ready}
                  active: {http: /status, pointer: /active}
                  token: {http: /status, pointer: /highestToken}
                  digest: {http: /status, pointer: /digest/binary}
                  unanswered: {http: /status, pointer: /unanswered}
                  inDoubt: {http: /status, pointer: /inDoubt}
                  openOrders: {http: /status, pointer: /openOrders}
                  killed: {http: /status, pointer: /killed}
                  session: {http: /status, pointer: /session/loggedOn}
                hooks: {drain: {http: /hooks/drain}, activate: {http: /hooks/activate}, deactivate: {http: /hooks/deactivate}, kill: {http: /hooks/kill}, rearm: {http: /hooks/rearm}}
                reconcile: {ours: {http: /books}, theirs: {service: books, http: /books}}
                rollout: {strategy: handoff, readyLimit: 30s, hold: {limit: 3s}, bake: 700ms, keepWarm: 1h}
                restarts: {limit: 100, within: 10m}
              books:
                role: drop-copy
                venues: [simx]
                command: *command
                artifact: *artifact
                replicas: 1
                ports: *ports
                env: {SERVICE: books, PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
                probes: {every: 100ms, timeout: 2s, limit: 4s, ready: {http: /ready}, digest: {http: /status, pointer: /digest/binary}}
                rollout: {strategy: stop-start}
            environments:
              demo: {runtime: local, kind: demo, balancer: built-in, approval: two-people, windows: always, gates: {diskFree: 1B}}
            """;
}
