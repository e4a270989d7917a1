package dev.pitcrew.ledger;

import java.util.Arrays;
import java.util.HexFormat;

/// A sequence of bytes that never changes, compared by content.
public final class Bytes {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param bytes copied
    public static Bytes copyOf(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /// For arrays that were made for this value and that nobody else keeps.
    static Bytes owned(byte[] bytes) {
        return new Bytes(bytes);
    }

    /// The array itself; callers in this package only read it.
    byte[] shared() {
        return bytes;
    }

    /// @return a copy
    public byte[] toArray() {
        return bytes.clone();
    }

    /// @return how many
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Lower-case hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
