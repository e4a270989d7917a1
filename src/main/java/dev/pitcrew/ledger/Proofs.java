package dev.pitcrew.ledger;

import java.util.ArrayList;
import java.util.List;

/// Inclusion and consistency proofs: made from leaf hashes, checked from nothing but hashes.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1.1">RFC 6962, 2.1.1 and 2.1.2</a>
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1.3.2">RFC 9162, 2.1.3.2 and 2.1.4.2</a>
public final class Proofs {
    private Proofs() {}

    /// The root of the tree over the first `size` leaves.
    public static Hash root(LeafHashes leaves, long size) {
        return subtree(leaves, 0, size);
    }

    /// Proves that a leaf is in a tree.
    ///
    /// @param index of the leaf, from 0 to `size` - 1
    /// @param size of the tree, at least 1
    /// @return the hashes from the leaf's sibling upward; at most 63
    public static List<Hash> inclusion(LeafHashes leaves, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        var proof = new ArrayList<Hash>();
        long from = 0;
        long to = size;
        while (to - from > 1) { // from the root down, so the hashes come in the wrong order
            long middle = from + split(to - from);
            if (index < middle) {
                proof.add(subtree(leaves, middle, to));
                to = middle;
            } else {
                proof.add(subtree(leaves, from, middle));
                from = middle;
            }
        }
        return List.copyOf(proof.reversed());
    }

    /// Proves that a tree only grew.
    ///
    /// @param old size of the earlier tree, from 0 to `size`
    /// @return the hashes in RFC 6962's order; none when `old` is 0 or `size`; at most 63
    public static List<Hash> consistency(LeafHashes leaves, long old, long size) {
        if (old < 0 || old > size) {
            throw new IllegalArgumentException("a tree of " + size + " never had size " + old);
        }
        if (old == 0 || old == size) {
            return List.of();
        }
        var proof = new ArrayList<Hash>();
        long from = 0;
        long to = size;
        boolean wholeOld = true; // the checker already has the root over all leaves of the old tree
        while (to != old) {
            long middle = from + split(to - from);
            if (old <= middle) {
                proof.add(subtree(leaves, middle, to));
                to = middle;
            } else {
                proof.add(subtree(leaves, from, middle));
                from = middle;
                wholeOld = false;
            }
        }
        if (!wholeOld) {
            proof.add(subtree(leaves, from, to));
        }
        return List.copyOf(proof.reversed());
    }

    /// @return whether the proof shows that the leaf stands at `index` in the tree with this root
    public static boolean includes(Hash leaf, long index, List<Hash> proof, long size, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
        int border = Long.bitCount(index >> inner);
        if (proof.size() != inner + border) {
            return false;
        }
        var hasher = new TreeHasher();
        var hash = bothSides(hasher, leaf, index, proof.subList(0, inner));
        return border(hasher, hash, proof.subList(inner, proof.size())).equals(root);
    }

    /// @return whether the proof shows that the tree `old` with `oldRoot` is a prefix of the tree `size` with `root`
    public static boolean consistent(
            long old, Hash oldRoot, List<Hash> proof, long size, Hash root) {
        if (old < 0 || old > size) {
            return false;
        }
        if (old == 0) { // the empty tree is a prefix of any
            return proof.isEmpty() && oldRoot.equals(TreeHasher.emptyRoot());
        }
        if (old == size) {
            return proof.isEmpty() && oldRoot.equals(root);
        }
        if (proof.isEmpty()) {
            return false;
        }
        int shift = Long.numberOfTrailingZeros(old);
        int inner = Long.SIZE - Long.numberOfLeadingZeros((old - 1) ^ (size - 1)) - shift;
        int border = Long.bitCount((old - 1) >> (inner + shift));
        boolean oldIsComplete = old == 1L << shift;
        var seed = oldIsComplete ? oldRoot : proof.getFirst();
        int start = oldIsComplete ? 0 : 1;
        if (proof.size() != start + inner + border) {
            return false;
        }
        long mask = (old - 1) >> shift;
        var hasher = new TreeHasher();
        var inside = proof.subList(start, start + inner);
        var above = proof.subList(start + inner, proof.size());
        var before = border(hasher, leftSides(hasher, seed, mask, inside), above);
        var after = border(hasher, bothSides(hasher, seed, mask, inside), above);
        return before.equals(oldRoot) && after.equals(root);
    }

    private static Hash bothSides(TreeHasher hasher, Hash seed, long path, List<Hash> siblings) {
        var hash = seed;
        for (int i = 0; i < siblings.size(); i++) {
            var sibling = siblings.get(i);
            hash = (path >> i & 1) == 0 ? hasher.node(hash, sibling) : hasher.node(sibling, hash);
        }
        return hash;
    }

    private static Hash leftSides(TreeHasher hasher, Hash seed, long path, List<Hash> siblings) {
        var hash = seed;
        for (int i = 0; i < siblings.size(); i++) {
            if ((path >> i & 1) == 1) {
                hash = hasher.node(siblings.get(i), hash);
            }
        }
        return hash;
    }

    private static Hash border(TreeHasher hasher, Hash seed, List<Hash> lefts) {
        var hash = seed;
        for (var left : lefts) {
            hash = hasher.node(left, hash);
        }
        return hash;
    }

    private static Hash subtree(LeafHashes leaves, long from, long to) {
        var frontier = new Frontier();
        leaves.forEach(from, to, frontier::add);
        return frontier.root();
    }

    /// The largest power of two below `size`, which is at least 2.
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
