package dev.pitcrew.ledger;

/// Stands in an entry's body for a personal or secret value: `SHA256("pitcrew-commitment-1\n" || salt || value)`.
///
/// It binds to the value without telling it. Erasing the [Opening] leaves every proof whole.
///
/// @param digest the salted hash
public record Commitment(Hash digest) {
    private static final String PREFIX = "committed:";

    /// @throws IllegalArgumentException when it isn't `committed:` and base64
    public static Commitment parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not a commitment: " + text);
        }
        return new Commitment(Hash.fromBase64(text.substring(PREFIX.length())));
    }

    /// As it is written into a body: `committed:` and base64.
    @Override
    public String toString() {
        return PREFIX + digest.base64();
    }
}
