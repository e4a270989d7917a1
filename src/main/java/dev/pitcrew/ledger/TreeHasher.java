package dev.pitcrew.ledger;

import java.security.MessageDigest;
import java.util.Arrays;

/// The hashes of an RFC 6962 tree. Keeps one digest and is therefore for one thread.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1">RFC 6962, section 2.1</a>
final class TreeHasher {
    /// Bytes of a link; enough to find where a history was broken, which is all that links are for.
    static final int LINK_SIZE = 16;

    private final MessageDigest digest = Hash.newDigest();

    /// `SHA256(0x00 || leaf)`
    Hash leaf(Bytes leaf) {
        digest.update((byte) 0);
        return Hash.owned(digest.digest(leaf.shared()));
    }

    /// `SHA256(0x01 || left || right)`
    Hash node(Hash left, Hash right) {
        digest.update((byte) 1);
        digest.update(left.shared());
        return Hash.owned(digest.digest(right.shared()));
    }

    /// Binds an entry to all before it: the first 16 bytes of `SHA256(link before || leaf hash)`, one SHA-256 block.
    Bytes link(Bytes before, Hash leaf) {
        digest.update(before.shared());
        return Bytes.owned(Arrays.copyOf(digest.digest(leaf.shared()), LINK_SIZE));
    }

    /// The link before the first entry.
    static Bytes firstLink() {
        return Bytes.owned(new byte[LINK_SIZE]);
    }

    /// The root of the empty tree: `SHA256("")`.
    static Hash emptyRoot() {
        return Hash.sha256(new byte[0]);
    }
}
