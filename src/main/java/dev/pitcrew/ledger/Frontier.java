package dev.pitcrew.ledger;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The right edge of a growing RFC 6962 tree: one complete subtree for each bit set in the size.
///
/// That is all one needs to add leaves and to know the root: at most 63 hashes whatever the size. Not thread-safe; a
/// published frontier is copied, not changed.
final class Frontier {
    private final TreeHasher hasher;
    private final @Nullable Hash[]
            subtrees; // [level] is a complete tree over 2^level leaves, where size has that bit
    private long size;

    Frontier() {
        this(new TreeHasher(), new @Nullable Hash[63], 0);
    }

    private Frontier(TreeHasher hasher, @Nullable Hash[] subtrees, long size) {
        this.hasher = hasher;
        this.subtrees = subtrees;
        this.size = size;
    }

    Frontier copy() {
        return new Frontier(new TreeHasher(), Arrays.copyOf(subtrees, subtrees.length), size);
    }

    /// How many leaves were added.
    long size() {
        return size;
    }

    void add(Hash leaf) {
        var carry = leaf;
        int level = 0;
        for (;
                (size >> level & 1) == 1;
                level++) { // as in binary addition, each full subtree carries upward
            carry = hasher.node(complete(level), carry);
        }
        subtrees[level] = carry;
        size++;
    }

    /// The root of the tree over all leaves so far.
    Hash root() {
        if (size == 0) {
            return TreeHasher.emptyRoot();
        }
        int level = Long.numberOfTrailingZeros(size);
        var root = complete(level);
        for (level++; size >> level != 0; level++) {
            if ((size >> level & 1) == 1) {
                root = hasher.node(complete(level), root);
            }
        }
        return root;
    }

    private Hash complete(int level) {
        var subtree = subtrees[level];
        if (subtree == null) {
            throw new IllegalStateException("no subtree of level " + level + " at size " + size);
        }
        return subtree;
    }
}
