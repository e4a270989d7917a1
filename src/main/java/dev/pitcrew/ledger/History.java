package dev.pitcrew.ledger;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A ledger's past as somebody presents it, whole or tampered with: what verification reads.
public interface History {
    /// The key that the presenter says signs the checkpoints; the origin is its name.
    VerifierKey key();

    /// Leaves in the order in which they are presented. To be closed.
    Stream<LedgerStore.Indexed> leaves();

    /// Signed notes, in any order.
    List<String> checkpoints();

    /// The clear value behind a commitment, where the presenter still has it and shows it.
    Optional<Opening> opening(Commitment commitment);

    /// The same leaves, as what they say.
    ///
    /// @return throws [dev.pitcrew.model.OperationFailed] at a leaf that says nothing; to be closed
    default Stream<Entry> entries() {
        return leaves().map(one -> LeafCodec.decode(one.index(), one.leaf().data()));
    }

    /// A store's past, which another thread or process may be adding to.
    static History of(LedgerStore store, VerifierKey key) {
        var checkpoints = store.checkpoints(); // first, so that the leaves cover all of them
        return new Presented(
                key,
                () -> Ledger.leaves(store, 0, store.size()),
                checkpoints,
                commitment -> Ledger.opening(store, commitment));
    }
}
