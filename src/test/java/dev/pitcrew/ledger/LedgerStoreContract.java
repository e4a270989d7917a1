package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store must do, checked through the ledger that stands on it.
public abstract class LedgerStoreContract {
    private final SigningKey key = Samples.key();
    private LedgerStore store;
    private Ledger ledger;

    /// A new, empty store.
    protected abstract LedgerStore create();

    /// The same store, opened anew.
    protected abstract LedgerStore reopen(LedgerStore store);

    /// The same store, opened anew after a crash that tore its last append.
    protected abstract LedgerStore reopenTorn(LedgerStore store) throws Exception;

    @BeforeEach
    public void open() {
        store = create();
        ledger = Ledger.open(store, key);
    }

    @AfterEach
    public void close() {
        ledger.close();
    }

    @Test
    void what_was_appended_is_read_back_in_order_also_after_reopening() {
        var appended = ledger.append(Samples.entries(0, 2_500));
        ledger.checkpoint();
        var root = ledger.root();
        ledger.close();
        store = reopen(store);
        ledger = Ledger.open(store, key);

        assertThat(ledger.entries(0)).containsExactlyElementsOf(appended);
        assertThat(ledger.entries(2_499)).containsExactly(appended.getLast());
        assertThat(ledger.root()).isEqualTo(root);
        assertThat(Verification.verify(History.of(store, key.verifier())))
                .isEqualTo(new Verdict.Whole(2_500, root, 2_500));
    }

    @Test
    void many_writers_get_indexes_without_gaps() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 32; writer++) {
                var _ =
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 20; i++) {
                                        ledger.append(Samples.entries(i, i + 2));
                                    }
                                });
            }
        }

        assertThat(ledger.entries(0).map(Entry::index))
                .containsExactlyElementsOf(LongStream.range(0, 1_280).boxed().toList());
        assertThat(Verification.verify(History.of(store, key.verifier())))
                .isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void an_append_at_another_index_than_the_size_is_refused() {
        ledger.append(Samples.entries(0, 3));
        var leaf = store.read(0, 1).getFirst().leaf();

        assertThatThrownBy(() -> store.append(2, List.of(leaf), List.of()))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(Code.LEDGER_IN_USE));
    }

    @Test
    void a_torn_append_is_gone_as_a_whole_and_all_before_it_is_there() throws Exception {
        var acknowledged = ledger.append(Samples.entries(0, 10));
        ledger.checkpoint();
        var opening = new Opening(Bytes.copyOf(new byte[Opening.SALT_SIZE]), "jane");
        var torn =
                new NewEntry(
                        Samples.NOON,
                        new EntryType("operator-added", 1),
                        opening.commitment().toString(),
                        "",
                        "{}",
                        List.of(opening));
        ledger.append(List.of(Samples.entry(10), torn, Samples.entry(12)));
        store = reopenTorn(store);
        ledger = Ledger.open(store, key);

        assertThat(ledger.entries(0)).containsExactlyElementsOf(acknowledged);
        assertThat(ledger.opening(opening.commitment())).isEmpty();
        assertThat(ledger.append(Samples.entries(10, 11)).getFirst().index()).isEqualTo(10);
        assertThat(Verification.verify(History.of(store, key.verifier())))
                .isEqualTo(new Verdict.Whole(11, ledger.root(), 10));
    }

    @Test
    void a_checkpoint_keeps_the_cosignatures_of_every_witness() {
        var first = SigningKey.generate("w1", VerifierKey.Kind.COSIGNATURE);
        var second = SigningKey.generate("w2", VerifierKey.Kind.COSIGNATURE);
        ledger.append(Samples.entries(0, 3));
        var note = ledger.checkpoint();
        ledger.keep(note.with(List.of(first.sign(note.text(), Samples.NOON))));
        ledger.keep(note.with(List.of(second.sign(note.text(), Samples.NOON))));
        var again = first.sign(note.text(), Samples.NOON.plusSeconds(60));
        ledger.keep(note.with(List.of(again)));

        var kept = ledger.checkpoint();
        assertThat(kept)
                .isEqualTo(note.with(List.of(again, second.sign(note.text(), Samples.NOON))))
                .matches(one -> one.isSignedBy(first.verifier()))
                .matches(one -> one.isSignedBy(second.verifier()))
                .matches(one -> one.isSignedBy(key.verifier()));
        assertThat(ledger.inclusion(1).checkpoint()).isEqualTo(kept);
        assertThat(store.checkpoints()).containsExactly(kept.toString());
    }

    @Test
    void erasing_a_secret_leaves_every_proof_whole() {
        var opening = new Opening(Bytes.copyOf(new byte[Opening.SALT_SIZE]), "jane@desk.example");
        var body = "{\"mail\":\"" + opening.commitment() + "\"}";
        var type = new EntryType("operator-added", 1);
        ledger.append(List.of(new NewEntry(Samples.NOON, type, "ann", "", body, List.of(opening))));
        assertThat(ledger.opening(opening.commitment())).contains(opening);

        assertThat(ledger.erase(List.of(opening.commitment()))).isEqualTo(1);
        assertThat(ledger.erase(List.of(opening.commitment()))).isZero();
        assertThat(ledger.opening(opening.commitment())).isEmpty();
        var proof = InclusionProof.parse(ledger.inclusion(0).toString());
        assertThat(proof.proves(ledger.entries(0).findFirst().orElseThrow(), key.verifier()))
                .isTrue();
    }

    @Test
    void a_snapshot_is_kept_and_replaced_and_outlives_a_restart() {
        ledger.append(Samples.entries(0, 10));
        var snapshots = new Snapshots(ledger, "this");
        snapshots.keep("desk", 10, Bytes.copyOf(new byte[] {1}), Samples.NOON);
        snapshots.keep("desk", 11, Bytes.copyOf(new byte[] {2}), Samples.NOON);
        snapshots.keep("shown", 12, Bytes.copyOf(new byte[100_000]), Samples.NOON);
        ledger.close();
        store = reopen(store);
        ledger = Ledger.open(store, key, Set.of("desk", "shown"));

        snapshots = new Snapshots(ledger, "this");
        assertThat(snapshots.recall("desk"))
                .isEqualTo(new Snapshots.Found(11, Bytes.copyOf(new byte[] {2})));
        assertThat(snapshots.recall("shown"))
                .isEqualTo(new Snapshots.Found(12, Bytes.copyOf(new byte[100_000])));
    }

    @Test
    void once_something_is_erased_there_is_no_snapshot_that_could_hold_it() {
        var opening = new Opening(Bytes.copyOf(new byte[Opening.SALT_SIZE]), "jane@desk.example");
        var body = "{\"mail\":\"" + opening.commitment() + "\"}";
        var type = new EntryType("operator-added", 1);
        ledger.append(List.of(new NewEntry(Samples.NOON, type, "ann", "", body, List.of(opening))));
        var state = Bytes.copyOf(opening.clear().getBytes(StandardCharsets.UTF_8));
        new Snapshots(ledger, "this").keep("desk", 1, state, Samples.NOON);
        assertThat(store.snapshot("desk")).isPresent();

        assertThat(ledger.erase(List.of(opening.commitment()))).isEqualTo(1);
        assertThat(store.snapshot("desk")).isEmpty();
    }
}
