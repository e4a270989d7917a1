package dev.pitcrew.ledger;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Stands in an entry's body for a personal or secret value: `SHA256("pitcrew-commitment-1\n" || salt || value)`.
///
/// It binds to the value without telling it. Erasing the [Opening] leaves every proof whole.
///
/// @param digest the salted hash
public record Commitment(Hash digest) {
    private static final String PREFIX = "committed:";
    private static final Pattern WITHIN = Pattern.compile(PREFIX + "[A-Za-z0-9+/]{43}=");

    /// @throws IllegalArgumentException when it isn't `committed:` and base64
    public static Commitment parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not a commitment: " + text);
        }
        return new Commitment(Hash.fromBase64(text.substring(PREFIX.length())));
    }

    /// The commitment that a text is; empty when it is none.
    public static Optional<Commitment> in(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException _) { // it only begins like one
            return Optional.empty();
        }
    }

    /// All that a text holds, such as the body of an entry; each may only look like one.
    public static Stream<Commitment> allIn(String text) {
        return text.contains(PREFIX)
                ? WITHIN.matcher(text).results().flatMap(found -> in(found.group()).stream())
                : Stream.empty();
    }

    /// As it is written into a body: `committed:` and base64.
    @Override
    public String toString() {
        return PREFIX + digest.base64();
    }
}
