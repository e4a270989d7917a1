package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.Version;
import dev.pitcrew.model.WitnessRef;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficState;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.ledger.CheckpointFile;
import dev.pitcrew.runtime.ledger.SmallDisk;
import dev.pitcrew.runtime.ledger.SqliteStore;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class ControllerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path folder;
    private Controller controller;
    private @Nullable SmallDisk disk;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("versions/1.conf"), "version=1\n");
        Files.writeString(folder.resolve("versions/2.conf"), "version=2\n");
        controller = Controller.open(settings(List.of()));
    }

    @AfterEach
    void end() throws Exception {
        stopAll();
        if (disk != null) {
            disk.unmount();
        }
    }

    private void stopAll() throws IOException {
        controller.close();
        var processes = new LocalProcesses(folder.resolve("data/processes"));
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    @Test
    void a_service_starts_changes_version_and_survives_the_loss_of_its_active_instance()
            throws Exception {
        start();
        assertThat(gateway().roster().active())
                .hasValueSatisfying(one -> assertThat(one).startsWith("gateway-"));

        deploy("gateway", "2");
        assertThat(approved().version()).isEqualTo("2");

        fails("-KILL");
        fails("-STOP");
    }

    /// Signals the active instance, and waits until another one serves.
    private void fails(String signal) throws Exception {
        settled();
        var active = gateway().roster().active().orElseThrow();
        var token = gateway().roster().token();
        var began = System.nanoTime();
        signal(active, signal);
        await(
                "another one is active",
                () ->
                        gateway().roster().active().filter(one -> !one.equals(active)).isPresent()
                                && gateway().keep().mend().isEmpty());
        System.out.printf(
                "failover after %s: %d ms%n", signal, (System.nanoTime() - began) / 1_000_000);

        assertThat(controller.processes().state(active).dead()).isTrue();
        assertThat(gateway().roster().token()).isGreaterThan(token);
        assertThat(traffic().mode()).isEqualTo(TrafficState.Mode.OPEN);
    }

    @Test
    void whoever_comes_next_adopts_all_that_runs() throws Exception {
        start();
        settled();
        var before = gateway().roster();
        var pids = before.instances().keySet().stream().map(this::pid).toList();
        var front = traffic().front();

        controller.close();
        controller = Controller.open(settings(List.of()));

        assertThat(gateway().roster()).isEqualTo(before);
        await(
                "it is seen",
                () ->
                        before.instances().keySet().stream()
                                .allMatch(
                                        one -> controller.facts().of(one).ready().value() != null));
        assertThat(before.instances().keySet().stream().map(this::pid).toList()).isEqualTo(pids);
        assertThat(traffic().front()).isEqualTo(front);
        assertThat(controller.status().unknownInstances()).isEmpty();
    }

    @Test
    void the_balancer_comes_back_by_itself_with_its_ports() throws Exception {
        var before = traffic();
        var began = System.nanoTime();
        long pid = pid("balancer");
        signal("balancer", "-KILL");

        await(
                "it is back",
                () ->
                        controller.processes().state("balancer") instanceof Running(long now, _, _)
                                && now != pid
                                && controller.traffic().state("gateway")
                                        instanceof TrafficAnswer.Stands);
        System.out.printf("balancer back after %d ms%n", (System.nanoTime() - began) / 1_000_000);
        assertThat(traffic()).isEqualTo(before);
    }

    @Test
    void a_second_controller_is_told_who_is_there() {
        assertThatThrownBy(() -> Controller.open(settings(List.of())))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.IN_USE))
                .hasMessageContaining("" + ProcessHandle.current().pid());
    }

    @Test
    void a_kill_that_was_spooled_is_taken_in_once() throws Exception {
        controller.close();
        var kill =
                new DeskEvent.Killed(
                        Instant.parse("2026-11-23T12:00:00Z"),
                        "gateway",
                        "ada",
                        "runaway",
                        true,
                        "3 orders cancelled");
        new Spool(folder.resolve("data")).write(kill);
        var page = new Spool(folder.resolve("data")).waiting().getFirst().file();
        var again = Files.readString(page);
        controller = Controller.open(settings(List.of()));
        await("it is taken in", () -> gateway().isKilled() && !Files.exists(page));

        controller.close();
        Files.writeString(page, again); // as if we had died between the ledger and the renaming
        controller = Controller.open(settings(List.of()));
        await("it is taken in", () -> !Files.exists(page));

        assertThat(
                        controller
                                .ledger()
                                .entries(0)
                                .filter(one -> one.type().name().equals("desk.killed")))
                .hasSize(1);
    }

    @Test
    void the_desk_trades_on_while_the_disk_is_full_and_the_ledger_goes_on_once_there_is_room()
            throws Exception {
        stopAll(); // what is listed below the mount nobody finds any more
        disk = SmallDisk.mount(folder.resolve("data"), 16);
        controller = Controller.open(settings(List.of()));
        start();
        settled();
        var active = gateway().roster().active().orElseThrow();
        var pids = pids();
        disk.fill();

        var waiting = freezeUntilFull();
        assertThat(controller.status().trouble())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("the disk is full; nothing was written"));
        assertThat(whoAnswers()).isEqualTo(active);
        assertThat(pids()).isEqualTo(pids);
        assertThat(whoAnswers()).isEqualTo(active);

        disk.makeRoom();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(controller.status().trouble()).isEmpty();
        try (var store = SqliteStore.openForReading(folder.resolve("data/ledger.db"))) {
            var history = History.of(store, controller.ledger().verifier());
            assertThat(Verification.verify(history)).isInstanceOf(Verdict.Whole.class);
        }
        assertThat(whoAnswers()).isEqualTo(active);
    }

    /// The ledger's log may have room of its own, so it isn't always the first intent that has to wait.
    private Future<List<Event>> freezeUntilFull() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            boolean freezes = i % 2 == 0;
            var asked =
                    controller
                            .loop()
                            .ask(
                                    (desk, at) -> {
                                        var intents = new Intents(desk, at, "ada", "r".repeat(500));
                                        return freezes ? intents.freeze() : intents.thaw();
                                    });
            await("an answer", () -> asked.isDone() || controller.loop().trouble() != null);
            if (!asked.isDone()) {
                return asked;
            }
        }
        throw new AssertionError("the disk never was full");
    }

    @Test
    void the_desk_trades_on_while_the_ledger_is_damaged_and_no_controller_can_start()
            throws Exception {
        start();
        settled();
        var active = gateway().roster().active().orElseThrow();
        var pids = pids();
        var front = traffic().front();
        controller.close();
        var ledger = folder.resolve("data/ledger.db");
        var whole = Files.readAllBytes(ledger);
        var damaged = whole.clone();
        Arrays.fill(damaged, 4096, damaged.length, (byte) 0xA5);
        Files.write(ledger, damaged);

        assertThatThrownBy(() -> Controller.open(settings(List.of())))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.LEDGER_CORRUPT))
                .hasMessageContaining("keep it and restore its last good copy");
        assertThat(whoAnswers(front)).isEqualTo(active);

        Files.write(ledger, whole);
        controller = Controller.open(settings(List.of()));
        assertThat(pids()).isEqualTo(pids);
        assertThat(whoAnswers()).isEqualTo(active);
    }

    private String whoAnswers() throws Exception {
        return whoAnswers(traffic().front());
    }

    /// The instance that a client's request reaches by way of the balancer.
    private static String whoAnswers(Address front) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://%s:%d/who"
                                                    .formatted(front.host(), front.port())))
                            .timeout(Duration.ofSeconds(10))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private List<Long> pids() {
        return gateway().roster().instances().keySet().stream().map(this::pid).toList();
    }

    @Test
    void it_does_nothing_while_a_witness_knows_a_larger_ledger() throws Exception {
        var witness = Files.createDirectories(folder.resolve("witness"));
        var witnesses =
                List.<WitnessRef>of(new WitnessRef.FolderWitness(new Template(witness.toString())));
        controller.close();
        controller = Controller.open(settings(witnesses));
        controller
                .loop()
                .ask((desk, at) -> new Intents(desk, at, "ada", "").freeze())
                .get(10, TimeUnit.SECONDS);
        await(
                "it is witnessed",
                () -> controller.status().witnesses().containsValue(new WitnessState.Agreed(1)));
        controller.close();
        Files.delete(folder.resolve("data/ledger.db")); // restored from before the first entry
        Files.deleteIfExists(folder.resolve("data/ledger.db-wal"));
        Files.deleteIfExists(folder.resolve("data/ledger.db-shm"));

        controller = Controller.open(settings(witnesses));

        assertThat(controller.status().objection())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("knows 1 entries and this ledger has 0"));
        var asked = controller.loop().ask((desk, at) -> new Intents(desk, at, "ada", "").freeze());
        assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(OperationFailed.class)
                .hasMessageContaining("until the newest copy of the ledger is restored");
    }

    @Test
    void ledger_and_key_begun_anew_do_nothing_before_a_person_has_told_the_witness()
            throws Exception {
        var witness = Files.createDirectories(folder.resolve("witness"));
        var witnesses =
                List.<WitnessRef>of(new WitnessRef.FolderWitness(new Template(witness.toString())));
        controller.close();
        controller = Controller.open(settings(witnesses));
        freeze().get(10, TimeUnit.SECONDS);
        await(
                "it is witnessed",
                () -> controller.status().witnesses().containsValue(new WitnessState.Agreed(1)));
        controller.close();
        for (var lost : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.key")) {
            Files.deleteIfExists(folder.resolve("data").resolve(lost));
        }
        controller = Controller.open(settings(witnesses));
        var origin = controller.ledger().origin();
        var note = witness.resolve(CheckpointFile.path(origin));
        var refused = freeze();

        assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.LEDGER_DISPUTED))
                .hasMessageContaining(
                        "witness %s knows %s with 1 entries under another key"
                                .formatted(witness, origin))
                .hasMessageContaining("has taken %s out of its folder", witness.relativize(note));
        assertThat(controller.ledger().size()).isZero();

        Files.delete(note);
        await("it may act", () -> controller.status().objection().isEmpty());
        assertThat(freeze().get(10, TimeUnit.SECONDS)).hasSize(1);
    }

    private Future<List<Event>> freeze() {
        return controller.loop().ask((desk, at) -> new Intents(desk, at, "ada", "").freeze());
    }

    @Test
    void an_old_ledger_never_gets_a_new_key() throws Exception {
        controller.close();
        Files.delete(folder.resolve("data/ledger.key"));
        assertThatThrownBy(() -> Controller.open(settings(List.of())))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.KEY_UNUSABLE));
        assertThat(folder.resolve("data/ledger.key")).doesNotExist();
    }

    @Test
    void a_secret_goes_nowhere_but_into_the_process() throws Exception {
        deploy("books", "1");

        try (var files = Files.walk(folder.resolve("data"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneSatisfy(
                            file ->
                                    assertThat(
                                                    new String(
                                                            Files.readAllBytes(file),
                                                            StandardCharsets.ISO_8859_1))
                                            .contains("hush"));
        }
    }

    private ControllerSettings settings(List<WitnessRef> witnesses) {
        return new ControllerSettings(
                TestingSystem.in(folder, witnesses),
                "demo",
                folder.resolve("data"),
                Map.of("DESK_SECRET", "hush"));
    }

    private void start() throws Exception {
        deploy("books", "1");
        deploy("gateway", "1");
    }

    private void deploy(String name, String version) throws Exception {
        var system = TestingSystem.in(folder, List.of());
        var service = system.service(name);
        var release = new Artifacts(folder).release(service, new Version(version));
        var planner = new Planner(system, system.environment("demo"), controller.facts());
        var none = Outside.NONE;
        BiFunction<Desk, Instant, List<Event>> intent =
                (desk, at) ->
                        new Intents(desk, at, "ada", "")
                                .deploy(planner, service, release, none, Set.of());
        var events = controller.loop().ask(intent).get(10, TimeUnit.SECONDS);
        assertThat(events).isNotEmpty();
        var began = System.nanoTime();
        await(
                name + " " + version + " is over",
                () ->
                        controller
                                .desk()
                                .service(name)
                                .rollout()
                                .filter(Rollout.Over.class::isInstance)
                                .isPresent());
        System.out.printf(
                "%s %s took %d ms%n", name, version, (System.nanoTime() - began) / 1_000_000);
        var over = (Rollout.Over) controller.desk().service(name).rollout().orElseThrow();
        assertThat(over.outcome()).as(over.reason()).isEqualTo(Outcome.DONE);
    }

    /// Both replicas of the approved version run and are ready, and nothing is being mended.
    private void settled() throws Exception {
        await(
                "a standby is ready",
                () ->
                        gateway().keep().mend().isEmpty()
                                && gateway()
                                                .roster()
                                                .running(approved())
                                                .filter(
                                                        one ->
                                                                controller
                                                                                .facts()
                                                                                .of(one)
                                                                                .ready()
                                                                                .value()
                                                                        != null)
                                                .count()
                                        == 2);
    }

    private ServiceState gateway() {
        return controller.desk().service("gateway");
    }

    private Release approved() {
        return gateway().keep().approved().orElseThrow();
    }

    private TrafficState traffic() {
        return ((TrafficAnswer.Stands) controller.traffic().state("gateway")).state();
    }

    private long pid(String instance) {
        return ((Running) controller.processes().state(instance)).pid();
    }

    private void signal(String instance, String signal) throws Exception {
        new ProcessBuilder("kill", signal, "" + pid(instance)).start().waitFor();
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not in time: "
                                + what
                                + "\n"
                                + controller.desk()
                                + "\n"
                                + controller.facts()
                                + "\n"
                                + controller.status());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
