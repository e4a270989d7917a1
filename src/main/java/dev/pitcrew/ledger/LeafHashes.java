package dev.pitcrew.ledger;

import java.util.function.Consumer;

/// Leaf hashes of a tree, in order.
@FunctionalInterface
public interface LeafHashes {
    /// Hands over the hashes from `from` up to, without, `to`.
    void forEach(long from, long to, Consumer<Hash> action);
}
