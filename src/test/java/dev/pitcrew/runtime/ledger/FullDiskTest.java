package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class FullDiskTest {
    @TempDir private Path folder;
    private final SigningKey key = Samples.key();
    private final List<Entry> acknowledged = new ArrayList<>();
    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(folder);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.unmount();
        }
    }

    @Test
    void a_full_disk_is_a_clear_error_loses_nothing_and_ends_when_there_is_room() throws Exception {
        try (var store = SqliteStore.open(disk.folder().resolve("ledger.db"));
                var ledger = Ledger.open(store, key)) {
            append(ledger, 10);
            disk.fill();

            var failure = appendUntilItFails(ledger);
            assertThat(failure.code()).isEqualTo(Code.LEDGER_FULL);
            assertThat(failure).hasMessageContaining("the disk is full");
            assertThat(appendUntilItFails(ledger).code()).isEqualTo(Code.LEDGER_FULL);
            assertThat(store.freeBytes()).isZero();
            assertThat(ledger.entries(0)).containsExactlyElementsOf(acknowledged);

            disk.makeRoom();
            append(ledger, 10);
            ledger.checkpoint();
        }
        assertThatAllAcknowledgedIsThere();
    }

    @Test
    void a_controller_that_starts_after_a_full_disk_finds_all_that_was_acknowledged()
            throws Exception {
        try (var store = SqliteStore.open(disk.folder().resolve("ledger.db"));
                var ledger = Ledger.open(store, key)) {
            disk.fill();
            assertThat(appendUntilItFails(ledger).code()).isEqualTo(Code.LEDGER_FULL);
        }
        disk.makeRoom();

        assertThatAllAcknowledgedIsThere();
    }

    private void assertThatAllAcknowledgedIsThere() {
        try (var store = SqliteStore.open(disk.folder().resolve("ledger.db"));
                var ledger = Ledger.open(store, key)) {
            assertThat(ledger.entries(0)).containsExactlyElementsOf(acknowledged);
            assertThat(Verification.verify(History.of(store, key.verifier())))
                    .isInstanceOf(Verdict.Whole.class);
        }
    }

    private void append(Ledger ledger, int count) {
        int next = acknowledged.size();
        acknowledged.addAll(ledger.append(Samples.entries(next, next + count)));
    }

    /// The log may still have room of its own in the last block, so it isn't always the first one that fails.
    private OperationFailed appendUntilItFails(Ledger ledger) {
        return catchThrowableOfType(
                OperationFailed.class,
                () -> {
                    while (acknowledged.size() < 100_000) {
                        append(ledger, 10);
                    }
                });
    }
}
