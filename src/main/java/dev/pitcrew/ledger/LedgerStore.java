package dev.pitcrew.ledger;

import dev.pitcrew.model.OperationFailed;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps a ledger's leaves durably. One writer; readers on any thread never block it.
///
/// Reads come in pages, so that no adapter holds a cursor or a transaction open between two calls. Every method throws
/// [OperationFailed] when the world fails.
public interface LedgerStore extends AutoCloseable {
    /// How many leaves there are.
    long size();

    /// Appends all or nothing. They survive a loss of power once this returns.
    ///
    /// @param first the index of the first leaf; equal to [#size()], else another writer was here
    /// @param openings clear values, kept beside the leaves in the same transaction
    /// @throws OperationFailed with `LEDGER_FULL` when nothing was written and a later append may work; with
    ///     `LEDGER_IN_USE` when `first` isn't the size; with `LEDGER_LEASE_LOST` when another controller has led since
    void append(long first, List<Leaf> leaves, List<Opening> openings);

    /// @return leaves from `from` on, in order, at most `atMost`; fewer at the end
    List<Indexed> read(long from, int atMost);

    /// @return leaf hashes from `from` on, in order, at most `atMost`; fewer at the end
    List<Hash> hashes(long from, int atMost);

    /// Keeps a signed checkpoint; one of the same size is replaced.
    ///
    /// @param note the whole signed note
    void putCheckpoint(long size, String note);

    /// @return the signed note of that size; empty when there is none
    Optional<String> checkpoint(long size);

    /// @return signed notes, smallest size first
    List<String> checkpoints();

    /// @return what opens a commitment; empty when it was erased or never kept
    Optional<Opening> opening(Commitment commitment);

    /// What opens several commitments, as far as it was not erased.
    default Map<Commitment, Opening> openings(Collection<Commitment> commitments) {
        var found = new HashMap<Commitment, Opening>();
        commitments.forEach(one -> opening(one).ifPresent(opening -> found.put(one, opening)));
        return found;
    }

    /// Erases what opens commitments, for good.
    ///
    /// @return how many there were
    int erase(Collection<Commitment> commitments);

    /// Keeps a state that was folded from the first leaves, in place of the one of the same name. It goes with the first opening that is
    /// erased, since it may hold that in the clear.
    void putSnapshot(String name, Snapshot snapshot);

    /// @return empty when there is none of that name
    Optional<Snapshot> snapshot(String name);

    @Override
    void close();

    /// A state that was folded from the first leaves. What a store says of it is no proof: see [Snapshots].
    ///
    /// @param size how many leaves were folded
    /// @param entry the index of the entry that names its hash
    record Snapshot(long size, long entry, Bytes state) {}

    /// A leaf and where the store says it stands. In a healthy store indexes have no gaps; verification looks.
    record Indexed(long index, Leaf leaf) {
        /// What the leaf says.
        ///
        /// @throws OperationFailed with `LEDGER_CORRUPT` when it says nothing
        public Entry entry() {
            return LeafCodec.decode(index, leaf.data());
        }
    }
}
