package dev.pitcrew.ledger;

import java.util.Base64;

/// Entries on their way to somebody who has another ledger: as the very bytes that the tree commits to.
public final class Leaves {
    private Leaves() {}

    /// The bytes of an entry, in Base64.
    public static String text(Entry entry) {
        return Base64.getEncoder().encodeToString(LeafCodec.encode(entry).toArray());
    }

    /// The entry of these bytes.
    ///
    /// @throws IllegalArgumentException when it is no Base64
    /// @throws dev.pitcrew.model.OperationFailed when they are no entry, or one of a newer release
    public static Entry entry(long index, String text) {
        return LeafCodec.decode(index, Bytes.copyOf(Base64.getDecoder().decode(text)));
    }
}
