package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.process.LocalProcesses;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Changes of several real processes behind the real balancer, while clients ask all the time.
@Tag("real")
@SuppressWarnings("NullAway.Init") // opened by each test, with its strategy
class ManyChangesTest {
    private static final int CLIENTS = 12;

    @TempDir Path folder;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Map<String, List<String>> versions = new ConcurrentHashMap<>(); // by client
    private final Map<String, String> known = new ConcurrentHashMap<>(); // versions, by instance
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private Controller controller;
    private TradingSystem system;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("versions/1.conf"), "version=1\n");
        Files.writeString(folder.resolve("versions/2.conf"), "version=2\n");
    }

    @AfterEach
    void end() throws Exception {
        isOver.set(true);
        for (var thread : threads) {
            thread.join();
        }
        controller.close();
        var processes = new LocalProcesses(folder.resolve("data/processes"));
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void no_client_notices_a_change_nor_the_way_back(StrategyName strategy) throws Exception {
        open(strategy);
        deploy("1");
        threads.addAll(clients());
        await("everybody was answered", () -> versions.size() == CLIENTS);

        deploy("2");
        var there = Map.copyOf(versions);
        if (strategy != StrategyName.ROLLING) {
            assertThat(there).allSatisfy((_, seen) -> assertThat(seen).isSorted());
        }
        await(
                "everybody is served by the new one",
                () -> versions.values().stream().allMatch(seen -> seen.getLast().equals("2")));
        rollBack();

        await(
                "everybody is served by the old one",
                () -> versions.values().stream().allMatch(seen -> seen.getLast().equals("1")));
        assertThat(failures).isEmpty();
    }

    private void open(StrategyName strategy) throws Exception {
        system = TestingSystem.many(folder, strategy);
        controller =
                Controller.open(
                        new ControllerSettings(
                                system,
                                "demo",
                                folder.resolve("data"),
                                Map.of("DESK_SECRET", "hush")));
    }

    private List<Thread> clients() {
        var front = ((TrafficAnswer.Stands) controller.traffic().state("prices")).state().front();
        var started = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            var name = "client-" + i;
            var request = HttpRequest.newBuilder(front.at("/who")).header("X-Client", name).build();
            started.add(Thread.ofVirtual().start(() -> ask(name, request)));
        }
        return started;
    }

    private void ask(String name, HttpRequest request) {
        try (var client = HttpClient.newHttpClient()) {
            while (!isOver.get()) {
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    failures.add(answer.statusCode() + " " + answer.body());
                    continue;
                }
                controller
                        .desk()
                        .service("prices")
                        .roster()
                        .versionOf(answer.body())
                        .ifPresent(version -> known.put(answer.body(), version));
                seen(name, known.getOrDefault(answer.body(), "unknown"));
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (Exception e) {
            failures.add(e.toString());
        }
    }

    /// Each change of version once.
    private void seen(String name, String version) {
        versions.merge(
                name,
                List.of(version),
                (before, _) -> {
                    if (before.getLast().equals(version)) {
                        return before;
                    }
                    var more = new ArrayList<>(before);
                    more.add(version);
                    return List.copyOf(more);
                });
    }

    private void deploy(String version) throws Exception {
        var service = system.service("prices");
        var release = new Artifacts(folder).release(service, new Version(version));
        var planner = new Planner(system, system.environment("demo"), controller.facts());
        var _ =
                controller
                        .loop()
                        .ask(
                                (desk, at) ->
                                        new Intents(desk, at, "ada", "")
                                                .deploy(
                                                        planner,
                                                        service,
                                                        release,
                                                        Outside.NONE,
                                                        Set.of()))
                        .get(10, TimeUnit.SECONDS);
        done(version);
    }

    private void rollBack() throws Exception {
        var planner = new Planner(system, system.environment("demo"), controller.facts());
        await(
                "the keeper is done",
                () -> controller.desk().service("prices").keep().mend().isEmpty());
        var _ =
                controller
                        .loop()
                        .ask(
                                (desk, at) ->
                                        new Intents(desk, at, "ada", "")
                                                .rollback(
                                                        planner,
                                                        system.service("prices"),
                                                        Set.of()))
                        .get(10, TimeUnit.SECONDS);
        done("1");
    }

    private void done(String version) throws InterruptedException {
        await(
                version + " is over",
                () ->
                        controller
                                .desk()
                                .service("prices")
                                .rollout()
                                .filter(one -> one.plan().to().version().equals(version))
                                .filter(Rollout.Over.class::isInstance)
                                .isPresent());
        var over = (Rollout.Over) controller.desk().service("prices").rollout().orElseThrow();
        assertThat(over.outcome()).as(over.reason()).isEqualTo(Outcome.DONE);
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not in time: " + what + "\n" + controller.desk() + "\n" + failures);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
