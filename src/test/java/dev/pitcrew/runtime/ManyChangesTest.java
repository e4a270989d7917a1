package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private Operator operator;
    private Controller controller;
    private TradingSystem system;

    @BeforeEach
    void write() throws IOException {
        Operator.write(folder, "1", "2");
    }

    @AfterEach
    void end() throws Exception {
        isOver.set(true);
        for (var thread : threads) {
            thread.join();
        }
        operator.end();
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void no_client_notices_a_change_nor_the_way_back(StrategyName strategy) throws Exception {
        open(strategy);
        deploy("1");
        threads.addAll(clients());
        operator.await("everybody was answered", () -> versions.size() == CLIENTS);

        deploy("2");
        var there = Map.copyOf(versions);
        if (strategy != StrategyName.ROLLING) {
            assertThat(there).allSatisfy((_, seen) -> assertThat(seen).isSorted());
        }
        operator.await(
                "everybody is served by the new one",
                () -> versions.values().stream().allMatch(seen -> seen.getLast().equals("2")));
        rollBack();

        operator.await(
                "everybody is served by the old one",
                () -> versions.values().stream().allMatch(seen -> seen.getLast().equals("1")));
        assertThat(failures).isEmpty();
    }

    private void open(StrategyName strategy) throws Exception {
        system = TestingSystem.many(folder, strategy);
        operator = Operator.open(system);
        controller = operator.controller();
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
        done(operator.deploy("prices", version));
    }

    private void rollBack() throws Exception {
        var planner = operator.planner();
        operator.await(
                "the keeper is done",
                () -> controller.desk().service("prices").keep().mend().isEmpty());
        var prices = system.service("prices");
        var _ = operator.ask(it -> it.rollback(planner, prices, Set.of()));
        done(operator.over("prices", "1"));
    }

    private static void done(Rollout.Over over) {
        assertThat(over.outcome()).as(over.reason()).isEqualTo(Outcome.DONE);
    }
}
