package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.LedgerStoreContract;
import dev.pitcrew.ledger.NewEntry;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.Snapshots;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class SqliteStoreTest extends LedgerStoreContract {
    @TempDir Path folder;

    @Override
    protected LedgerStore create() {
        return SqliteStore.open(folder.resolve("ledger.db"));
    }

    @Override
    protected LedgerStore reopen(LedgerStore store) {
        return create();
    }

    /// What a loss of power leaves: the log of the write that was underway ends too early.
    @Override
    protected LedgerStore reopenTorn(LedgerStore store) throws IOException {
        var torn = Files.createDirectories(folder.resolve("torn")).resolve("ledger.db");
        Files.copy(folder.resolve("ledger.db"), torn);
        var log = Files.readAllBytes(folder.resolve("ledger.db-wal"));
        Files.write(Path.of(torn + "-wal"), Arrays.copyOf(log, log.length - 1));
        store.close();
        return SqliteStore.open(torn);
    }

    @Test
    void a_damaged_page_is_a_clear_error_and_the_file_stays_as_it_was_found() throws IOException {
        var file = folder.resolve("damaged.db");
        var key = Samples.key();
        try (var ledger = Ledger.open(SqliteStore.open(file), key)) {
            ledger.append(Samples.entries(0, 5_000));
        }
        var bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8_192, (byte) 0xA5);
        Files.write(file, bytes);

        for (var open :
                List.<ThrowableAssert.ThrowingCallable>of(
                        () -> SqliteStore.open(file), () -> readAll(file))) {
            assertThatThrownBy(open)
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            e -> assertThat(e.code()).isEqualTo(Code.LEDGER_CORRUPT))
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("keep it and restore its last good copy");
        }
        assertThat(Files.mismatch(file, Files.write(folder.resolve("before"), bytes)))
                .isEqualTo(-1);
    }

    private static void readAll(Path file) {
        try (var store = SqliteStore.openForReading(file);
                var entries = Ledger.entries(store, 0)) {
            entries.forEach(_ -> {});
        }
    }

    @Test
    void what_is_erased_is_nowhere_in_the_files_any_more() throws IOException {
        var file = folder.resolve("erased.db");
        var opening = new Opening(Bytes.copyOf(new byte[Opening.SALT_SIZE]), "jane@desk.example");
        var entry =
                new NewEntry(
                        Samples.NOON,
                        new EntryType("operator-added", 1),
                        opening.commitment().toString(),
                        "",
                        "{}",
                        List.of(opening));
        try (var ledger = Ledger.open(SqliteStore.open(file), Samples.key())) {
            ledger.append(List.of(entry));
            var state =
                    Bytes.copyOf("[\"jane@desk\"]".repeat(1_000).getBytes(StandardCharsets.UTF_8));
            new Snapshots(ledger, "this").keep("desk", 1, state, Samples.NOON);
            assertThat(text(file) + text(Path.of(file + "-wal"))).contains("jane@desk");

            ledger.erase(List.of(opening.commitment()));
            assertThat(text(file) + text(Path.of(file + "-wal"))).doesNotContain("jane@desk");
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_second_writer_is_refused_and_a_reader_is_not() {
        assertThatThrownBy(this::create)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(Code.LEDGER_IN_USE));
        try (var reader = SqliteStore.openForReading(folder.resolve("ledger.db"))) {
            assertThat(reader.size()).isZero();
        }
    }

    @Test
    void a_file_that_is_no_ledger_is_a_clear_error() throws IOException {
        var file = folder.resolve("other.db");
        Files.writeString(
                file,
                "no database at all, but long enough to be read as a header of one".repeat(20));

        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(Code.LEDGER_CORRUPT))
                .hasMessageContaining(file.toString());
    }

    @Test
    @Tag("real")
    void every_acknowledged_append_survives_sigkill() throws Exception {
        var key = folder.resolve("key");
        long acknowledged = 0;
        for (int round = 0; round < 5; round++) {
            var command =
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            EndlessWriter.class.getName(),
                            folder.resolve("killed.db").toString(),
                            key.toString());
            var child =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var out =
                    new BufferedReader(
                            new InputStreamReader(
                                    child.getInputStream(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < 40 + 17 * round; i++) {
                    acknowledged = Math.max(acknowledged, Long.parseLong(out.readLine()));
                }
                child.toHandle()
                        .destroyForcibly(); // SIGKILL, and what it printed can still be read
                for (var line = out.readLine();
                        line != null && !line.isEmpty();
                        line = out.readLine()) {
                    acknowledged = Math.max(acknowledged, Long.parseLong(line));
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            var signer = KeyFile.loadOrCreate(key, EndlessWriter.ORIGIN, VerifierKey.Kind.NOTE);
            try (var store = SqliteStore.open(folder.resolve("killed.db"));
                    var ledger = Ledger.open(store, signer)) {
                assertThat(ledger.size()).isGreaterThan(acknowledged);
                assertThat(Verification.verify(History.of(store, signer.verifier())))
                        .isInstanceOf(Verdict.Whole.class);
            }
        }
    }

    @Test
    void a_reader_sees_entries_while_the_writer_goes_on() {
        var key = Samples.key();
        try (var store = SqliteStore.open(folder.resolve("two.db"));
                var ledger = Ledger.open(store, key);
                var reader = SqliteStore.openForReading(folder.resolve("two.db"))) {
            ledger.append(Samples.entries(0, 5));
            assertThat(Ledger.entries(reader, 0)).hasSize(5);
            ledger.append(Samples.entries(5, 9));

            assertThat(Ledger.entries(reader, 0)).hasSize(9);
        }
    }
}
