package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.ledger.LedgerStore.Snapshot;
import dev.pitcrew.ledger.Snapshots.Found;
import dev.pitcrew.ledger.Snapshots.NotFound;
import dev.pitcrew.ledger.Snapshots.Recalled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private static final Bytes STATE = bytes("[1,2,3]");

    private final SigningKey key = Samples.key();
    private final TestingStore store = new TestingStore();

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private Ledger open(LedgerStore store) {
        return Ledger.open(store, key, Set.of("desk"));
    }

    /// Twenty entries, of which the first fifteen were folded.
    private void kept() {
        var ledger = open(store);
        ledger.append(Samples.entries(0, 15));
        new Snapshots(ledger, "this").keep("desk", 15, STATE, Samples.NOON);
        ledger.append(Samples.entries(15, 20));
    }

    private Recalled recalled(LedgerStore store) {
        return new Snapshots(open(store), "this").recall("desk");
    }

    /// The same leaves with one that is replaced, signed again or not.
    private TestingStore with(int index, Leaf leaf, boolean isSigned) {
        var leaves = new ArrayList<>(store.read(0, 100).stream().map(one -> one.leaf()).toList());
        leaves.set(index, leaf);
        var other = new TestingStore();
        other.append(0, leaves, List.of());
        if (isSigned) {
            Ledger.open(other, key).checkpoint();
        }
        other.putSnapshot("desk", store.snapshot("desk").orElseThrow());
        return other;
    }

    private Leaf leaf(int index) {
        return store.read(index, 1).getFirst().leaf();
    }

    private static Leaf other(Leaf leaf, String from, String to) {
        var text = new String(leaf.data().toArray(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        var data = Bytes.copyOf(text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
        return new Leaf(data, new TreeHasher().leaf(data), leaf.link());
    }

    @Test
    void what_was_kept_is_found_again_while_the_ledger_only_grew() {
        kept();

        assertThat(recalled(store)).isEqualTo(new Found(15, STATE));
    }

    @Test
    void where_nothing_was_kept_nothing_is_found() {
        open(store).append(Samples.entries(0, 3));

        assertThat(recalled(store)).isEqualTo(new NotFound("there is no snapshot"));
    }

    @Test
    void a_snapshot_with_any_one_byte_altered_is_refused() {
        kept();
        var one = store.snapshot("desk").orElseThrow();
        for (int i = 0; i < STATE.size(); i++) {
            var altered = STATE.toArray();
            altered[i] ^= 1;
            store.putSnapshot("desk", new Snapshot(15, one.entry(), Bytes.copyOf(altered)));

            assertThat(recalled(store)).isEqualTo(new NotFound("the snapshot was altered"));
        }
    }

    @Test
    void one_that_is_said_to_be_of_fewer_or_more_entries_is_refused() {
        kept();
        var one = store.snapshot("desk").orElseThrow();

        store.putSnapshot("desk", new Snapshot(14, one.entry(), STATE));
        assertThat(recalled(store)).isEqualTo(new NotFound("the snapshot is of another ledger"));

        store.putSnapshot("desk", new Snapshot(16, one.entry(), STATE));
        assertThat(recalled(store)).isEqualTo(new NotFound("the snapshot is of a longer ledger"));
    }

    @Test
    void one_of_another_program_is_refused() {
        kept();

        assertThat(new Snapshots(open(store), "that").recall("desk"))
                .isEqualTo(new NotFound("another program made the snapshot"));
    }

    @Test
    void one_that_was_kept_under_another_name_is_refused() {
        kept();
        store.putSnapshot("shown", store.snapshot("desk").orElseThrow());

        assertThat(new Snapshots(open(store), "this").recall("shown"))
                .isEqualTo(new NotFound("no entry names the snapshot"));
    }

    @Test
    void one_of_another_ledger_is_refused() {
        kept();
        var other = new TestingStore();
        var ledger = open(other);
        ledger.append(Samples.entries(100, 130));
        ledger.checkpoint();
        other.putSnapshot("desk", store.snapshot("desk").orElseThrow());

        assertThat(recalled(other)).isEqualTo(new NotFound("no entry names the snapshot"));
    }

    @Test
    void one_of_a_past_that_was_altered_and_signed_again_is_refused() {
        kept();

        assertThat(recalled(with(3, other(leaf(3), "\"step\":3", "\"step\":4"), true)))
                .isEqualTo(new NotFound("the snapshot is of another ledger"));
    }

    @Test
    void an_older_copy_of_the_ledger_doesnt_take_a_later_snapshot() {
        kept();
        var older = store.copy(10);
        older.putSnapshot("desk", store.snapshot("desk").orElseThrow());

        assertThat(recalled(older)).isEqualTo(new NotFound("the snapshot is of a longer ledger"));
    }

    @Test
    void one_whose_entry_nobody_signed_is_refused() {
        kept();
        var unsigned = store.copy(20);
        unsigned.putSnapshot("desk", store.snapshot("desk").orElseThrow());

        assertThat(recalled(unsigned)).isEqualTo(new NotFound("no checkpoint covers the snapshot"));
    }

    /// Whoever can write the store and has no key gives the entry that names the state another text, under the hash that is in the tree.
    @Test
    void one_whose_entry_was_altered_under_its_hash_is_refused() {
        kept();
        var forged = bytes("[9,9,9]");
        var text =
                other(
                        leaf(15),
                        Hash.sha256(STATE.shared()).hex(),
                        Hash.sha256(forged.shared()).hex());
        var there = with(15, new Leaf(text.data(), leaf(15).hash(), text.link()), true);
        there.putSnapshot("desk", new Snapshot(15, 15, forged));

        assertThat(recalled(there))
                .isEqualTo(new NotFound("the entry that names the snapshot was altered"));
    }

    @Test
    void with_the_first_clear_value_that_is_erased_all_snapshots_go() {
        kept();
        var opening = new Opening(Bytes.copyOf(new byte[Opening.SALT_SIZE]), "ada");
        store.append(store.size(), List.of(leaf(0)), List.of(opening));

        assertThat(store.erase(List.of(opening.commitment()))).isEqualTo(1);
        assertThat(store.snapshot("desk")).isEmpty();
    }
}
