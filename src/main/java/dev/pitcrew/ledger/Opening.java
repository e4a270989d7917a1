package dev.pitcrew.ledger;

import java.nio.charset.StandardCharsets;

/// What opens a [Commitment]: the salt and the clear value. Kept beside the ledger and erased together, so that after
/// an erasure nobody can find even a short value by trying all.
///
/// @param salt 32 random bytes
/// @param clear the personal or secret value
public record Opening(Bytes salt, String clear) {
    /// Bytes in a salt.
    public static final int SALT_SIZE = 32;

    private static final byte[] DOMAIN =
            "pitcrew-commitment-1\n".getBytes(StandardCharsets.US_ASCII);

    public Opening {
        if (salt.size() != SALT_SIZE) {
            throw new IllegalArgumentException("a salt has 32 bytes, got " + salt.size());
        }
    }

    /// The commitment to write into an entry's body.
    public Commitment commitment() {
        var digest = Hash.newDigest();
        digest.update(DOMAIN);
        digest.update(salt.shared());
        return new Commitment(Hash.owned(digest.digest(clear.getBytes(StandardCharsets.UTF_8))));
    }

    /// Never the clear value: openings may pass through logs.
    @Override
    public String toString() {
        return "Opening[of " + commitment() + "]";
    }
}
