package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.WitnessRef;
import dev.pitcrew.runtime.ledger.CheckpointFile;
import dev.pitcrew.runtime.ledger.SmallDisk;
import dev.pitcrew.runtime.ledger.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A controller whose ledger has no room, is damaged, or is not the newest one.
@Tag("real")
class LedgerInTroubleTest {
    @TempDir Path folder;
    private Operator operator;
    private Controller controller;
    private GatewayDesk desk;
    private @Nullable SmallDisk disk;

    @BeforeEach
    void open() throws IOException {
        Operator.write(folder, "1");
        begin(List.of());
    }

    @AfterEach
    void end() throws Exception {
        operator.end();
        if (disk != null) {
            disk.unmount();
        }
    }

    private void begin(List<WitnessRef> witnesses) {
        operator = Operator.open(TestingSystem.in(folder, witnesses));
        controller = operator.controller();
        desk = new GatewayDesk(operator);
    }

    @Test
    void the_desk_trades_on_while_the_disk_is_full_and_the_ledger_goes_on_once_there_is_room()
            throws Exception {
        operator.end(); // what is listed below the mount nobody finds any more
        disk = SmallDisk.mount(folder.resolve("data"), 16);
        begin(List.of());
        desk.start();
        desk.settled();
        var active = desk.gateway().roster().active().orElseThrow();
        var pids = desk.pids();
        disk.fill();

        var waiting = freezeUntilFull();
        assertThat(controller.status().trouble())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("the disk is full; nothing was written"));
        assertThat(desk.whoAnswers()).isEqualTo(active);
        assertThat(desk.pids()).isEqualTo(pids);
        assertThat(desk.whoAnswers()).isEqualTo(active);

        disk.makeRoom();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(controller.status().trouble()).isEmpty();
        try (var store = SqliteStore.openForReading(folder.resolve("data/ledger.db"))) {
            var history = History.of(store, controller.ledger().verifier());
            assertThat(Verification.verify(history)).isInstanceOf(Verdict.Whole.class);
        }
        assertThat(desk.whoAnswers()).isEqualTo(active);
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
            operator.await(
                    "an answer", () -> asked.isDone() || controller.loop().trouble() != null);
            if (!asked.isDone()) {
                return asked;
            }
        }
        throw new AssertionError("the disk never was full");
    }

    @Test
    void the_desk_trades_on_while_the_ledger_is_damaged_and_no_controller_can_start()
            throws Exception {
        desk.start();
        desk.settled();
        var active = desk.gateway().roster().active().orElseThrow();
        var pids = desk.pids();
        var front = desk.traffic().front();
        controller.close();
        var ledger = folder.resolve("data/ledger.db");
        var whole = Files.readAllBytes(ledger);
        var damaged = whole.clone();
        Arrays.fill(damaged, 4096, damaged.length, (byte) 0xA5);
        Files.write(ledger, damaged);

        assertThatThrownBy(() -> Operator.open(TestingSystem.in(folder, List.of())))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.LEDGER_CORRUPT))
                .hasMessageContaining("keep it and restore its last good copy");
        assertThat(desk.whoAnswers(front)).isEqualTo(active);

        Files.write(ledger, whole);
        begin(List.of());
        assertThat(desk.pids()).isEqualTo(pids);
        assertThat(desk.whoAnswers()).isEqualTo(active);
    }

    @Test
    void it_does_nothing_while_a_witness_knows_a_larger_ledger() throws Exception {
        var witness = Files.createDirectories(folder.resolve("witness"));
        var witnesses =
                List.<WitnessRef>of(new WitnessRef.FolderWitness(new Template(witness.toString())));
        controller.close();
        begin(witnesses);
        controller
                .loop()
                .ask((desk, at) -> new Intents(desk, at, "ada", "").freeze())
                .get(10, TimeUnit.SECONDS);
        operator.await(
                "it is witnessed",
                () -> controller.status().witnesses().containsValue(new WitnessState.Agreed(1)));
        controller.close();
        Files.delete(folder.resolve("data/ledger.db")); // restored from before the first entry
        Files.deleteIfExists(folder.resolve("data/ledger.db-wal"));
        Files.deleteIfExists(folder.resolve("data/ledger.db-shm"));

        begin(witnesses);

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
        begin(witnesses);
        freeze().get(10, TimeUnit.SECONDS);
        operator.await(
                "it is witnessed",
                () -> controller.status().witnesses().containsValue(new WitnessState.Agreed(1)));
        controller.close();
        for (var lost : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.key")) {
            Files.deleteIfExists(folder.resolve("data").resolve(lost));
        }
        begin(witnesses);
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
        operator.await("it may act", () -> controller.status().objection().isEmpty());
        assertThat(freeze().get(10, TimeUnit.SECONDS)).hasSize(1);
    }

    private Future<List<Event>> freeze() {
        return controller.loop().ask((desk, at) -> new Intents(desk, at, "ada", "").freeze());
    }

    @Test
    void an_old_ledger_never_gets_a_new_key() throws Exception {
        controller.close();
        Files.delete(folder.resolve("data/ledger.key"));
        assertThatThrownBy(() -> Operator.open(TestingSystem.in(folder, List.of())))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.KEY_UNUSABLE));
        assertThat(folder.resolve("data/ledger.key")).doesNotExist();
    }
}
