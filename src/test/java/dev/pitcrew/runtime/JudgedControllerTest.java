package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.JudgeEvent.Looked;
import dev.pitcrew.deploy.JudgeEvent.PersonAsked;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Overrides;
import dev.pitcrew.deploy.Plan;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.model.Canary;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.JudgedMetric;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.OnInconclusive;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Canaries of real processes behind the real balancer, ended by the judge alone: the system file names no objectives.
@Tag("real")
@SuppressWarnings("NullAway.Init") // opened by each test, with what it judges by
class JudgedControllerTest {
    private static final int CLIENTS = 12;
    private static final String WIDE = "20%,10pp";
    private static final String NARROW = "1%"; // which nothing can show in so short a time

    @TempDir private Path folder;
    private String name = "prices";
    private volatile long pauseMillis = 5; // of a client, between two requests
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private Controller controller;
    private TradingSystem system;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("versions/1.conf"), "version=1\n");
        Files.writeString(folder.resolve("versions/2.conf"), "version=2\n");
        Files.writeString(folder.resolve("versions/2-rejects.conf"), "rejects\n");
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

    @Test
    void a_canary_that_rejects_orders_is_ended_by_a_fail_and_one_that_does_as_well_by_a_pass()
            throws Exception {
        open(new OnInconclusive.Rollback(), WIDE);

        deploy("2-rejects");

        assertThat(ended("2-rejects").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(ended("2-rejects").reason())
                .startsWith("bake: judged FAIL against prices-")
                .contains("rejects: ");
        assertThat(lastLook().verdict()).isEqualTo("FAIL");
        assertThat(lastLook().readings())
                .singleElement()
                .satisfies(one -> assertThat(one.logE()).isGreaterThanOrEqualTo(one.limit()));
        assertThat(lastLook().tallies()).isNotEmpty();

        deploy("2");

        assertThat(ended("2").outcome()).isEqualTo(Outcome.DONE);
        assertThat(lastLook().verdict()).isEqualTo("PASS");
        assertThat(lastLook().sentence()).contains("within the margin of 20 % or 10 percentage");
    }

    // What a file may say of nothing shown is BakingTest's; here it takes its whole time.
    @Tag("long")
    @Test
    void where_nothing_is_shown_rollback_takes_it_back() throws Exception {
        open(new OnInconclusive.Rollback(), "20%,2pp");

        plan("2");
        var before = events().filter(StepTaken.class::isInstance).count();
        await("it begins", () -> events().filter(StepTaken.class::isInstance).count() > before);
        pauseMillis = 500; // from now on there is far less to judge by than was forecast
        await("it is over", () -> ended("2").outcome() != Outcome.STUCK);

        assertThat(ended("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(ended("2").reason()).startsWith("bake: judged INCONCLUSIVE against prices-");
    }

    @Test
    void where_nothing_is_shown_promote_with_approval_waits_for_a_person() throws Exception {
        open(new OnInconclusive.PromoteWithApproval(), NARROW);

        plan("2");
        await("somebody is asked", () -> events().anyMatch(PersonAsked.class::isInstance));
        var hash = controller.desk().service(name).rollout().orElseThrow().plan().approval().hash();
        ask(it -> it.approve(name, hash, false));
        await("it goes on", () -> ended("2").outcome() == Outcome.DONE);

        assertThat(lastLook().verdict()).isEqualTo("INCONCLUSIVE");
    }

    @Tag("long")
    @Test
    void where_nothing_is_shown_hold_until_watches_until_then() throws Exception {
        var until = Instant.now().plusSeconds(15);
        open(new OnInconclusive.HoldUntil(until), NARROW);

        deploy("2");

        assertThat(ended("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(ended("2").reason()).endsWith("; it was held until " + until);
        assertThat(lastLook().at()).isAfterOrEqualTo(until);
    }

    @Test
    void a_canary_that_can_not_be_decided_in_its_time_is_not_begun_and_the_plan_says_what_can_be()
            throws Exception {
        open(new OnInconclusive.Rollback(), NARROW);
        var before = events().filter(StepTaken.class::isInstance).count();
        await("a forecast", () -> evidence(planned("2")).contains("no canary can decide in 0.1"));

        plan("2");

        assertThat(rollout("2").orElseThrow().plan().notes())
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith("evidence ")
                                        .contains(
                                                "(at most 0.1 minutes, by the rates of its instances): no canary can decide in 0.1 minutes; use strategy blue-green with the old version kept warm, or shadow"));
        assertThat(events().filter(StepTaken.class::isInstance)).hasSize((int) before);
    }

    private static String evidence(Plan plan) {
        return String.join("; ", plan.notes());
    }

    private Plan planned(String version) {
        var service = system.service(name);
        var planner = new Planner(system, system.environment("demo"), controller.facts());
        var release = new Artifacts(folder).release(service, new Version(version));
        return planner.change(
                controller.desk().service(name), service, release, new Overrides(Set.of(), ""));
    }

    @Test
    void after_a_handoff_order_entry_is_judged_by_its_rejects_though_the_file_names_no_metric()
            throws Exception {
        var judging =
                new Judging(
                        new Judging.Source.Scraped("/metrics"),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2),
                        new Fraction(0.01),
                        new Fraction(0.05),
                        new OnInconclusive.Keep(),
                        Duration.ofMinutes(1),
                        List.of(),
                        Map.of());
        start(TestingSystem.judgedGateway(folder, judging));
        name = "books";
        deploy("1");
        name = "gateway";
        deploy("1");
        threads.addAll(clients());
        await(
                "it has a past",
                () ->
                        controller.facts().samples().values().stream()
                                .anyMatch(one -> !one.earlier().values().isEmpty()));

        deploy("2-rejects");

        assertThat(ended("2-rejects").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(ended("2-rejects").reason())
                .startsWith("bake: judged FAIL against its past: reject-share: ");
    }

    /// One share, so that one step is judged.
    private void open(OnInconclusive then, String margin) throws Exception {
        var rejects =
                new JudgedMetric(
                        "rejects",
                        JudgedMetric.Kind.SHARE,
                        "orders_rejected_total",
                        "orders_total",
                        JudgedMetric.Worse.MORE,
                        Optional.of(margin));
        var judging =
                new Judging(
                        new Judging.Source.Scraped("/metrics"),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2),
                        new Fraction(0.01),
                        new Fraction(0.05),
                        then,
                        Duration.ofMinutes(1),
                        List.of(rejects),
                        Map.of());
        start(
                TestingSystem.judged(
                        folder,
                        judging,
                        new Canary(List.of(new Fraction(0.5)), Canary.Limits.NONE),
                        Duration.ofSeconds(2)));
        deploy("1");
        threads.addAll(clients());
    }

    private void start(TradingSystem desk) throws Exception {
        system = desk;
        controller =
                Controller.open(
                        new ControllerSettings(
                                system,
                                "demo",
                                folder.resolve("data"),
                                Map.of("DESK_SECRET", "hush")));
    }

    private List<Thread> clients() {
        var front = ((TrafficAnswer.Stands) controller.traffic().state(name)).state().front();
        var started = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            var request =
                    HttpRequest.newBuilder(front.at("/who"))
                            .header("X-Client", "client-" + i)
                            .build();
            started.add(Thread.ofVirtual().start(() -> ask(request)));
        }
        return started;
    }

    private void ask(HttpRequest request) {
        try (var client = HttpClient.newHttpClient()) {
            while (!isOver.get()) {
                var _ = client.send(request, BodyHandlers.ofString());
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private interface Intent {
        List<Event> of(Intents intents);
    }

    private void ask(Intent intent) throws Exception {
        var _ =
                controller
                        .loop()
                        .ask((desk, at) -> intent.of(new Intents(desk, at, "ada", "")))
                        .get(10, TimeUnit.SECONDS);
    }

    private void plan(String version) throws Exception {
        var service = system.service(name);
        var release = new Artifacts(folder).release(service, new Version(version));
        var planner = new Planner(system, system.environment("demo"), controller.facts());
        ask(it -> it.deploy(planner, service, release, Outside.NONE, Set.of()));
    }

    private void deploy(String version) throws Exception {
        plan(version);
        await(
                version + " is over",
                () -> rollout(version).filter(Rollout.Over.class::isInstance).isPresent());
    }

    private Optional<Rollout> rollout(String version) {
        return controller
                .desk()
                .service(name)
                .rollout()
                .filter(one -> one.plan().to().version().equals(version));
    }

    private Ended ended(String version) {
        return rollout(version).orElseThrow() instanceof Rollout.Over over
                ? new Ended(Optional.of(over.outcome()), over.reason())
                : new Ended(Optional.empty(), "");
    }

    private record Ended(Optional<Outcome> ended, String reason) {
        private Outcome outcome() {
            return ended.orElse(Outcome.STUCK);
        }
    }

    private Stream<Event> events() {
        var journal = new LedgerJournal(controller.ledger());
        try (var entries = controller.ledger().entries(0)) {
            return entries.flatMap(one -> journal.event(one).stream()).toList().stream();
        }
    }

    private Looked lastLook() {
        return events().filter(Looked.class::isInstance)
                .map(Looked.class::cast)
                .filter(Looked::decides)
                .reduce((_, one) -> one)
                .orElseThrow();
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what + "\n" + controller.desk());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
