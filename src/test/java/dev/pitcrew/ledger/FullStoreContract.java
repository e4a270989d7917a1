package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store must do when its disk is full.
public abstract class FullStoreContract {
    private static final int BATCH = 10;

    private final SigningKey key = Samples.key();
    private final List<Entry> acknowledged = new ArrayList<>();

    /// A store on a disk that can be filled.
    protected abstract LedgerStore open();

    /// Leaves no room on the disk.
    protected abstract void fill() throws Exception;

    /// Gives back what [#fill] took.
    protected abstract void makeRoom() throws Exception;

    @Test
    void a_full_disk_is_a_clear_error_writes_nothing_by_halves_and_ends_when_there_is_room()
            throws Exception {
        try (var ledger = Ledger.open(open(), key)) {
            append(ledger);
            fill();

            assertThat(appendUntilItFails(ledger))
                    .returns(Code.LEDGER_FULL, OperationFailed::code)
                    .hasMessageContaining("the disk is full");
            assertThat(appendUntilItFails(ledger)).returns(Code.LEDGER_FULL, OperationFailed::code);
            assertThat(ledger.entries(0)).containsExactlyElementsOf(acknowledged);
            assertThat(ledger.opening(opening(acknowledged.size()).commitment())).isEmpty();

            makeRoom();
            append(ledger);
            ledger.checkpoint();
        }
        assertThatAllAcknowledgedIsThere();
    }

    @Test
    void a_controller_that_starts_after_a_full_disk_finds_all_that_was_acknowledged()
            throws Exception {
        try (var ledger = Ledger.open(open(), key)) {
            append(ledger);
            fill();
            assertThat(appendUntilItFails(ledger)).returns(Code.LEDGER_FULL, OperationFailed::code);
        }
        makeRoom();

        assertThatAllAcknowledgedIsThere();
    }

    private void assertThatAllAcknowledgedIsThere() {
        var store = open();
        try (var ledger = Ledger.open(store, key)) {
            assertThat(ledger.entries(0)).containsExactlyElementsOf(acknowledged);
            assertThat(ledger.opening(opening(acknowledged.size() - BATCH).commitment()))
                    .isPresent();
            assertThat(Verification.verify(History.of(store, key.verifier())))
                    .isInstanceOf(Verdict.Whole.class);
        }
    }

    /// Entries of which the first has a personal value.
    private void append(Ledger ledger) {
        int next = acknowledged.size();
        var entries = new ArrayList<>(Samples.entries(next + 1, next + BATCH));
        var opening = opening(next);
        entries.addFirst(
                new NewEntry(
                        Samples.NOON,
                        new EntryType("operator-added", 1),
                        opening.commitment().toString(),
                        "",
                        "{}",
                        List.of(opening)));
        acknowledged.addAll(ledger.append(entries));
    }

    private static Opening opening(int index) {
        return new Opening(Bytes.copyOf(new byte[Opening.SALT_SIZE]), "operator-" + index);
    }

    /// The log may still have room of its own in the last block, so it isn't always the first one that fails.
    private OperationFailed appendUntilItFails(Ledger ledger) {
        return catchThrowableOfType(
                OperationFailed.class,
                () -> {
                    while (acknowledged.size() < 100_000) {
                        append(ledger);
                    }
                });
    }
}
