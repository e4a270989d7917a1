package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.VerifierKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer is killed, and what it wrote last to the store's log is torn, as by a loss of power.
@Tag("real")
class TornLogTest {
    private static final int ACKNOWLEDGED = 60;
    private static final int FRAME = 24 + 4096; // SQLite's write-ahead log: a header and a page

    @TempDir private Path folder;
    private final List<Long> ends = new ArrayList<>(); // of the log, by entry
    private SigningKey key;

    @BeforeEach
    void killTheWriter() throws Exception {
        var keyFile = folder.resolve("key");
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SteadyWriter.class.getName(),
                        folder.resolve("ledger.db").toString(),
                        keyFile.toString());
        var child =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = child.inputReader()) {
            for (int i = 0; i < ACKNOWLEDGED; i++) {
                ends.add(Long.parseLong(out.readLine()));
            }
            child.toHandle().destroyForcibly(); // SIGKILL, in the midst of the next one
        } finally {
            child.destroyForcibly().waitFor();
        }
        key = KeyFile.load(keyFile, SteadyWriter.ORIGIN, VerifierKey.Kind.NOTE);
    }

    @Test
    void of_a_log_that_ends_early_each_whole_entry_is_kept_and_the_torn_one_is_gone()
            throws Exception {
        for (int entry = 1; entry < ACKNOWLEDGED; entry += 7) {
            long before = ends.get(entry - 1);
            long end = ends.get(entry);
            for (long cut : new long[] {before, before + 1, before + FRAME - 1, end - 1}) {
                assertThatKept(torn(cut, false), entry);
            }
            assertThatKept(torn(end, false), entry + 1);
        }
    }

    @Test
    void of_a_log_with_garbage_in_it_each_entry_before_that_is_kept() throws Exception {
        for (int entry = 1; entry < ACKNOWLEDGED; entry += 7) {
            long before = ends.get(entry - 1);
            long end = ends.get(entry);
            for (long at : new long[] {before, before + 24, end - 1}) {
                assertThatKept(torn(at, true), entry);
            }
        }
    }

    @Test
    void of_a_killed_writer_nothing_acknowledged_is_missing() {
        try (var store = SqliteStore.open(folder.resolve("ledger.db"));
                var ledger = Ledger.open(store, key)) {
            assertThat(ledger.size()).isGreaterThanOrEqualTo(ACKNOWLEDGED);
            assertThat(Verification.verify(History.of(store, key.verifier())))
                    .isInstanceOf(Verdict.Whole.class);
        }
    }

    /// A copy of what the killed writer left, with its log cut off at an offset, or with other bytes from there on.
    private Path torn(long at, boolean isGarbled) throws IOException {
        var copy = Files.createTempDirectory(folder, "torn");
        for (var ending : List.of("", "-wal", "-shm")) {
            Files.copy(folder.resolve("ledger.db" + ending), copy.resolve("ledger.db" + ending));
        }
        try (var log = new RandomAccessFile(copy.resolve("ledger.db-wal").toFile(), "rw")) {
            if (isGarbled) {
                log.seek(at);
                int old = log.read();
                log.seek(at);
                log.write(old ^ 0xFF);
            } else {
                log.setLength(at);
            }
        }
        return copy.resolve("ledger.db");
    }

    private void assertThatKept(Path file, int entries) {
        try (var store = SqliteStore.open(file);
                var ledger = Ledger.open(store, key)) {
            assertThat(ledger.entries(0).map(Entry::index))
                    .containsExactlyElementsOf(LongStream.range(0, entries).boxed().toList());
            ledger.append(List.of(Samples.entry(entries)));
            assertThat(Verification.verify(History.of(store, key.verifier())))
                    .isInstanceOf(Verdict.Whole.class);
        }
        try (var store = SqliteStore.open(file);
                var ledger = Ledger.open(store, key)) {
            assertThat(ledger.size()).isEqualTo(entries + 1);
        }
    }
}
