package dev.pitcrew.server;

import dev.pitcrew.app.Kill;
import dev.pitcrew.app.Reach;
import dev.pitcrew.app.WrittenKill;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.runtime.Alarms;
import dev.pitcrew.runtime.Artifacts;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.Controller;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.Spool;
import dev.pitcrew.runtime.TestingDeskFile;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// A desk of [TestingService]s with a real controller, API and console; changes need two people.
final class ServedDesk implements AutoCloseable {
    static final String SECRET = "hush-hush-this-is-the-password";

    /// As they come to the gateway: by a variable, a file and a command.
    static final List<String> SECRETS =
            List.of(SECRET, "hush-hush-this-is-in-a-file", "hush-hush-a-command-says-this");

    final Operators operators;
    final String ann;
    final String bob;
    final String guest;
    private final Path folder;
    private final Controller controller;
    private final ServiceHooks hooks;
    private final Api api;
    private volatile Outside outside = Outside.NONE;
    private final HttpClient http = HttpClient.newHttpClient();

    ServedDesk(Path folder) throws IOException {
        this(folder, Optional.empty());
    }

    ServedDesk(Path folder, Optional<Listening.Beyond> beyond) throws IOException {
        this(folder, beyond, TEXT);
    }

    /// Whose `books` is judged by how long its work takes, against what the version before did; version 3 is slow.
    static ServedDesk judged(Path folder) throws IOException {
        return new ServedDesk(folder, Optional.empty(), TEXT.replace(BAKE, JUDGED));
    }

    private ServedDesk(Path folder, Optional<Listening.Beyond> beyond, String text)
            throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("in-a-file"), SECRETS.get(1));
        Files.writeString(folder.resolve("of-a-command"), SECRETS.get(2));
        var system =
                TestingDeskFile.write(folder, text, Map.of("1", "good", "2", "good", "3", "slow"));
        var data = folder.resolve("data");
        var variables = new HashMap<>(TestingDeskFile.variables());
        variables.put("DESK_SECRET", SECRET);
        controller = Controller.open(new ControllerSettings(system, "demo", data, variables));
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
                        () -> outside,
                        controller::status,
                        OpeningRoom.of(
                                controller,
                                new Alarms(system, system.environment("demo"), data, Map.of())),
                        new WrittenKill(kill, new Spool(data), system, clock)::run,
                        controller.recollection());
        api = new Api(room, operators, new Listening(0, beyond));
    }

    /// From now on others run that.
    void beside(Outside others) {
        outside = others;
    }

    static Grant grant(Right... rights) {
        return new Grant(EnumSet.copyOf(Set.of(rights)), Set.of(), Set.of(), Optional.empty());
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

    private static final String BAKE = "rollout: {strategy: stop-start, bake: 700ms}";
    private static final String JUDGED =
            "rollout: {strategy: stop-start, bake: 4s, judge: {every: 200ms, past: 4s, metrics: {work: {histogram: work_seconds}, failures: {events: failed_total, of: requests_total}}}}";
    private static final String SECRET_REFERENCES =
            "    secrets: {FIX_PASSWORD: {env: DESK_SECRET}, STORE_PASSWORD: {file: \"${config}/in-a-file\"}, API_KEY: {command: [cat, \"${config}/of-a-command\"]}}\n";

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
            """
                    + TestingDeskFile.GATEWAY.replace(
                            "role: order-entry\n",
                            "role: order-entry\n    venues: [simx]\n" + SECRET_REFERENCES)
                    + TestingDeskFile.BOOKS.replace(
                            "role: drop-copy\n",
                            "role: drop-copy\n    venues: [simx]\n    owner: {desk: settlement}\n")
                    + TestingDeskFile.ENVIRONMENTS;
}
