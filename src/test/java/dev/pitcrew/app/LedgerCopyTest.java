package dev.pitcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.InclusionProof;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.LedgerJournal;
import dev.pitcrew.runtime.ledger.PostgresAccess;
import dev.pitcrew.runtime.ledger.PostgresStore;
import dev.pitcrew.runtime.ledger.SqliteStore;
import dev.pitcrew.runtime.ledger.TestingPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class LedgerCopyTest {
    private static TestingPostgres server;

    @TempDir private Path folder;
    private final SigningKey key = Samples.key();
    private final SigningKey witness = SigningKey.generate("w1", VerifierKey.Kind.COSIGNATURE);
    private PostgresAccess database;
    private InclusionProof proof;

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
    void aLedgerInAFile() throws Exception {
        database = server.database();
        try (var ledger = Ledger.open(file("ledger.db"), key)) {
            var journal = new LedgerJournal(ledger);
            journal.append(
                    List.of(
                            new DeskEvent.Frozen(Samples.NOON, "*", "ada", "expiry day"),
                            new DeskEvent.Thawed(Samples.NOON, "*", "grace", "")));
            var note = ledger.checkpoint();
            ledger.keep(note.with(List.of(witness.sign(note.text(), Samples.NOON))));
            ledger.append(Samples.entries(2, 1_400));
            ledger.checkpoint();
            proof = ledger.inclusion(1);
        }
    }

    private SqliteStore file(String name) {
        return SqliteStore.open(folder.resolve(name));
    }

    private PostgresStore tables() {
        return PostgresStore.open(database, "the copy", Duration.ofSeconds(30));
    }

    @Test
    void to_postgresql_and_back_it_stays_the_same_ledger_with_every_proof() {
        var copy = new LedgerCopy(key.verifier());
        try (var file = file("ledger.db");
                var tables = tables();
                var back = file("back.db")) {
            var first = copy.copy(file, tables);
            var second = copy.copy(tables, back);

            assertThat(first).isEqualTo(second).isInstanceOf(Verdict.Whole.class);
            for (LedgerStore store : List.of(tables, back)) {
                assertThat(store.read(0, 2_000)).isEqualTo(file.read(0, 2_000)).hasSize(1_400);
                assertThat(store.checkpoints()).isEqualTo(file.checkpoints()).hasSize(2);
                assertThat(store.checkpoints().getFirst()).contains("— w1 ");
                var entry = Ledger.entries(store, 1).findFirst().orElseThrow();
                assertThat(proof.proves(entry, key.verifier())).isTrue();
                assertThat(Ledger.inclusion(store, 1)).isEqualTo(proof);
            }
        }
        try (var ledger = Ledger.open(file("back.db"), key)) {
            assertThat(new LedgerJournal(ledger).replay())
                    .startsWith(
                            new DeskEvent.Frozen(Samples.NOON, "*", "ada", "expiry day"),
                            new DeskEvent.Thawed(Samples.NOON, "*", "grace", ""));
        }
    }

    @Test
    void the_ledger_goes_on_where_it_was_moved_to_and_is_moved_back_with_that() {
        var copy = new LedgerCopy(key.verifier());
        try (var file = file("ledger.db")) {
            try (var tables = tables()) {
                copy.copy(file, tables);
            }
            try (var ledger = Ledger.open(tables(), key)) {
                ledger.append(Samples.entries(1_400, 1_450));
                ledger.checkpoint();
            }
            try (var tables = tables()) {
                assertThat(copy.copy(tables, file).size()).isEqualTo(1_450);
            }
            assertThat(Verification.verify(History.of(file, key.verifier())))
                    .isInstanceOf(Verdict.Whole.class);
        }
    }

    @Test
    void a_copy_that_was_broken_off_goes_on_where_it_ended() {
        try (var file = file("ledger.db");
                var tables = tables()) {
            tables.append(
                    0,
                    file.read(0, 700).stream().map(LedgerStore.Indexed::leaf).toList(),
                    List.of());

            assertThat(new LedgerCopy(key.verifier()).copy(file, tables).size()).isEqualTo(1_400);
        }
    }

    @Test
    void over_another_ledger_nothing_is_copied() {
        try (var ledger = Ledger.open(tables(), Samples.key())) {
            ledger.append(Samples.entries(0, 5));
        }
        try (var file = file("ledger.db");
                var tables = tables()) {
            assertThatThrownBy(() -> new LedgerCopy(key.verifier()).copy(file, tables))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("holds another ledger, of 5 entries");
            assertThat(tables.size()).isEqualTo(5);
        }
    }

    @Test
    void a_ledger_that_is_not_whole_is_not_copied() {
        try (var file = file("ledger.db");
                var tables = tables()) {
            assertThatThrownBy(() -> new LedgerCopy(Samples.key().verifier()).copy(file, tables))
                    .isInstanceOf(OperationFailed.class)
                    .hasMessageContaining("the ledger to copy isn't whole");
            assertThat(tables.size()).isZero();
        }
    }

    @Test
    void a_place_that_is_none_is_refused_and_a_password_in_it_is_not_repeated() {
        assertThatThrownBy(
                        () ->
                                new LedgerTarget(
                                                "postgresql://ann:hush@db/ledger", Optional.empty())
                                        .open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it holds a password")
                .hasMessageNotContaining("hush");
    }
}
