package dev.pitcrew.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What is kept of a token: by it the token is known again, and from it nobody finds the token. A token is 256 random bits, so a slow hash would
/// add nothing.
///
/// @param salt in hex
/// @param hash SHA-256 of salt and token, in hex
public record HashedToken(String salt, String hash) {
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public HashedToken {
        if (!SALT.matcher(salt).matches() || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "this is no salted hash of a token; `pitcrew operator token` makes one");
        }
    }

    static HashedToken of(byte[] salt, String token) {
        var hex = HexFormat.of();
        return new HashedToken(hex.formatHex(salt), hex.formatHex(hash(salt, token)));
    }

    /// @param text as [#text] writes it
    /// @throws IllegalArgumentException when it is none
    public static HashedToken parse(String text) {
        var colon = text.indexOf(':');
        return new HashedToken(
                colon < 0 ? "" : text.substring(0, colon), text.substring(colon + 1));
    }

    /// Salt and hash with a colon between them.
    public String text() {
        return salt + ":" + hash;
    }

    /// Whether it is of this token. Takes as long for a wrong token as for a right one.
    boolean isOf(String token) {
        var hex = HexFormat.of();
        return MessageDigest.isEqual(hex.parseHex(hash), hash(hex.parseHex(salt), token));
    }

    private static byte[] hash(byte[] salt, String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
