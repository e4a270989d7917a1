package dev.pitcrew.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A SHA-256 digest: 32 bytes.
public final class Hash {
    /// Bytes in a digest.
    public static final int SIZE = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a hash has 32 bytes, got " + bytes.length);
        }
        this.bytes = bytes;
    }

    /// @param bytes 32 of them, copied
    public static Hash of(byte[] bytes) {
        return new Hash(bytes.clone());
    }

    /// The digest of bytes as they are, without a tree's prefix.
    public static Hash sha256(byte[] bytes) {
        return new Hash(newDigest().digest(bytes));
    }

    /// For arrays that were made for this value and that nobody else keeps.
    static Hash owned(byte[] bytes) {
        return new Hash(bytes);
    }

    /// @throws IllegalArgumentException when it isn't canonical base64 of 32 bytes
    public static Hash fromBase64(String text) {
        var hash = new Hash(Base64.getDecoder().decode(text));
        if (!hash.base64().equals(text)) { // stray trailing bits would give one hash two spellings
            throw new IllegalArgumentException("not canonical base64: " + text);
        }
        return hash;
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The array itself; callers in this package only read it.
    byte[] shared() {
        return bytes;
    }

    /// @return a copy, 32 bytes
    public byte[] toArray() {
        return bytes.clone();
    }

    /// @return the standard alphabet, padded: 44 characters
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// @return lower case, 64 characters
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
