package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.model.SecretRef;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.ledger.PausedLease;
import dev.pitcrew.runtime.ledger.PostgresAccess;
import dev.pitcrew.runtime.ledger.PostgresLease;
import dev.pitcrew.runtime.ledger.PostgresStore;
import dev.pitcrew.runtime.ledger.TestingPostgres;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two controllers of one desk with their ledger in a real database, of which one at a time acts.
@Tag("real")
class ControllersInTurnTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LENGTH = Duration.ofSeconds(2);

    private static TestingPostgres server;

    @TempDir private Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private PostgresAccess access;
    private TradingSystem system;

    @BeforeAll
    static void startServer() throws Exception {
        server = TestingPostgres.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void aDesk() throws Exception {
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("versions/1.conf"), "version=1\n");
        access = server.database();
        var ledger =
                new Environment.PostgresLedger(
                        access.url(), Optional.of(new SecretRef.EnvSecret("LEDGER_PASSWORD")));
        system = TestingSystem.in(folder, TestingSystem.environment(List.of(), ledger));
    }

    @AfterEach
    void end() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        var processes = new LocalProcesses(folder.resolve("data/processes"));
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    private ControllerSettings settings(String data) {
        return new ControllerSettings(
                system,
                "demo",
                folder.resolve(data),
                Map.of("DESK_SECRET", "hush", "LEDGER_PASSWORD", TestingPostgres.PASSWORD));
    }

    private Standby standby(String name) throws IOException {
        var standby = Standby.of(settings("data"), name, LENGTH);
        open.add(standby);
        return standby;
    }

    /// Waits for the lease.
    private static PostgresLease awaited(Standby standby) {
        var lease = new ArrayList<PostgresLease>();
        await(
                "the lease",
                () -> {
                    standby.tryTake().ifPresent(lease::add);
                    return !lease.isEmpty();
                });
        return lease.getFirst();
    }

    private Controller leading(PostgresLease lease) {
        var controller = Controller.open(settings("data"), lease);
        open.add(controller);
        return controller;
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaiting.until(what, LIMIT, condition, () -> "");
    }

    private static CompletableFuture<List<Event>> freeze(Controller controller) {
        return controller.loop().ask((desk, at) -> new Intents(desk, at, "ada", "").freeze());
    }

    private static Optional<Code> refusal(CompletableFuture<List<Event>> asked) {
        try {
            asked.get(20, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return e.getCause() instanceof OperationFailed failed
                    ? Optional.of(failed.code())
                    : Optional.empty();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void start(Controller controller, String name) throws Exception {
        var service = system.service(name);
        var release = new Artifacts(folder).release(service, new Version("1"));
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
        await(
                name + " serves",
                () ->
                        controller
                                .desk()
                                .service(name)
                                .rollout()
                                .filter(Rollout.Over.class::isInstance)
                                .isPresent());
    }

    @Test
    void one_leads_and_says_so_and_the_other_stands_by_and_says_who_leads() throws Exception {
        var first = standby("host-a");
        var second = standby("host-b");
        var controller = leading(awaited(first));

        assertThat(second.tryTake()).isEmpty();
        assertThat(second.told())
                .matches("stands by: host-a leads under epoch 1 since 20\\d\\d-[-0-9T:]+Z");
        assertThat(controller.status().leads())
                .matches("host-a leads under epoch 1 since 20\\d\\d-[-0-9T:]+Z; .*");
        await(
                "the other one is seen",
                () -> controller.status().leads().endsWith("; host-b stands by"));
        assertThat(controller.status().trouble()).isEmpty();
        assertThat(freeze(controller).get(10, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void who_takes_over_from_one_that_stood_still_adopts_the_desk_and_that_one_does_no_more()
            throws Exception {
        var lease = awaited(standby("host-a"));
        var stale = leading(lease);
        start(stale, "books");
        start(stale, "gateway");
        var active = stale.desk().service("gateway").roster().active().orElseThrow();

        PausedLease.pause(lease);
        long from = System.nanoTime();
        var next = leading(awaited(standby("host-b")));
        System.out.printf(
                "another controller led %d ms after the last renewal, of a lease of %d ms%n",
                Duration.ofNanos(System.nanoTime() - from).toMillis(), LENGTH.toMillis());

        assertThat(next.desk().service("gateway").roster().active()).contains(active);
        assertThat(refusal(freeze(stale))).contains(Code.LEDGER_LEASE_LOST);
        assertThat(stale.status().trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("doesn't lead"));

        var last = stale.desk();
        long pid = ((Running) next.processes().state(active)).pid();
        new ProcessBuilder("kill", "-KILL", "" + pid).start().waitFor();
        await(
                "another instance is active",
                () ->
                        next.desk()
                                        .service("gateway")
                                        .roster()
                                        .active()
                                        .filter(one -> !one.equals(active))
                                        .isPresent()
                                && next.desk().service("gateway").keep().mend().isEmpty());
        assertThat(stale.desk()).as("what the one that stood still knows").isEqualTo(last);
        try (var store = PostgresStore.openForReading(access)) {
            assertThat(Verification.verify(History.of(store, next.ledger().verifier())))
                    .isInstanceOf(Verdict.Whole.class);
        }
        assertThat(next.isOver()).isFalse();
    }

    @Test
    void who_gives_the_lease_back_is_followed_at_once() throws Exception {
        var first = leading(awaited(standby("host-a")));
        assertThat(freeze(first).get(10, TimeUnit.SECONDS)).hasSize(1);
        first.close();

        var lease = standby("host-b").tryTake();
        assertThat(lease.map(PostgresLease::epoch)).contains(2L);
        assertThat(leading(lease.orElseThrow()).desk().freeze()).isPresent();
    }

    @Test
    void without_the_database_it_only_reads_and_goes_on_once_that_is_back() throws Exception {
        var own = TestingPostgres.start();
        try {
            access = own.database();
            var ledger =
                    new Environment.PostgresLedger(
                            access.url(), Optional.of(new SecretRef.EnvSecret("LEDGER_PASSWORD")));
            system = TestingSystem.in(folder, TestingSystem.environment(List.of(), ledger));
            var controller = leading(awaited(standby("host-a")));
            start(controller, "books");
            own.stop();
            await("it doesn't lead", () -> controller.status().trouble().isPresent());

            assertThat(refusal(freeze(controller))).contains(Code.LEDGER_LEASE_LOST);
            assertThat(controller.isOver()).isFalse();
            var books = controller.desk().service("books").roster().instances().keySet();
            assertThat(books)
                    .hasSize(1)
                    .allMatch(one -> controller.processes().state(one) instanceof Running);
            assertThat(standby("host-b").tryTake()).isEmpty();

            own.startAgain();
            await("it leads again", () -> controller.status().trouble().isEmpty());
            assertThat(freeze(controller).get(10, TimeUnit.SECONDS)).hasSize(1);
            controller.close();
        } finally {
            own.close();
        }
    }

    @Test
    void another_data_folder_is_refused_since_it_lists_none_of_the_desks_processes()
            throws Exception {
        leading(awaited(standby("host-a"))).close();
        var lease = awaited(standby("host-b"));

        assertThatThrownBy(() -> Controller.open(settings("elsewhere"), lease))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(Code.LEDGER_IN_USE))
                .hasMessageContaining("another data folder lists");
        assertThat(standby("host-c").tryTake()).as("given back").isPresent();
    }

    @Test
    void the_password_is_in_no_file_of_the_desk_and_in_no_message() throws Exception {
        leading(awaited(standby("host-a"))).close();
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(file -> holds(file, TestingPostgres.PASSWORD));
        }
        var without =
                new ControllerSettings(system, "demo", folder.resolve("data"), Map.of("A", "b"));
        assertThatThrownBy(() -> Standby.of(without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("environment has no LEDGER_PASSWORD");
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(
                            Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
