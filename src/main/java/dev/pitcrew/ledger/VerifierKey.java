package dev.pitcrew.ledger;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A public key by which notes are checked; its text is a C2SP *vkey*.
///
/// @param name of the key; not empty, without spaces and `+`
/// @param kind what its signatures mean
/// @param key 32 bytes, as RFC 8032 encodes an Ed25519 public key
/// @see <a href="https://c2sp.org/signed-note">signed-note</a>
public record VerifierKey(String name, Kind kind, Bytes key) {
    /// What a signature says, by the type byte of the specification.
    public enum Kind {
        /// A log's own signature over the text.
        NOTE((byte) 1),
        /// A witness's signature over a time and the text.
        COSIGNATURE((byte) 4);

        private final byte code;

        Kind(byte code) {
            this.code = code;
        }
    }

    public VerifierKey {
        checkName(name);
        if (key.size() != 32) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, got " + key.size());
        }
    }

    static void checkName(String name) {
        if (name.isEmpty()
                || name.contains("+")
                || name.codePoints()
                        .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException(
                    "a key's name is not empty, without spaces and +: '" + name + "'");
        }
        NewEntry.oneLine("key name", name);
    }

    /// @throws IllegalArgumentException when it isn't a vkey of a known kind
    public static VerifierKey parse(String vkey) {
        var parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a verifier key (name+hash+key): " + vkey);
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        for (var kind : Kind.values()) {
            if (typed.length == 33 && typed[0] == kind.code) {
                var key =
                        new VerifierKey(
                                parts[0], kind, Bytes.owned(Arrays.copyOfRange(typed, 1, 33)));
                if (key.toString().equals(vkey)) {
                    return key;
                }
            }
        }
        throw new IllegalArgumentException("not an Ed25519 verifier key: " + vkey);
    }

    static VerifierKey of(String name, Kind kind, EdECPublicKey key) {
        byte[] bigEndian = key.getPoint().getY().toByteArray();
        byte[] encoded = new byte[32];
        for (int i = 0; i < bigEndian.length && i < 32; i++) {
            encoded[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            encoded[31] |= (byte) 0x80;
        }
        return new VerifierKey(name, kind, Bytes.owned(encoded));
    }

    /// The first four bytes of a hash over name, kind and key; tells keys apart, proves nothing.
    public int id() {
        var digest = Hash.newDigest();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest(typed())).getInt();
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            var ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey());
            ed25519.update(message);
            return signature.length == 64 && ed25519.verify(signature);
        } catch (GeneralSecurityException e) { // a signature or key that is no point of the curve
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        byte[] y = key.toArray();
        boolean isXOdd = (y[31] & 0x80) != 0;
        y[31] &= 0x7F;
        for (int i = 0;
                i < 16;
                i++) { // RFC 8032 counts from the small end, BigInteger from the big one
            byte swapped = y[i];
            y[i] = y[31 - i];
            y[31 - i] = swapped;
        }
        var point = new EdECPoint(isXOdd, new BigInteger(1, y));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    private byte[] typed() {
        return ByteBuffer.allocate(33).put(kind.code).put(key.shared()).array();
    }

    /// The vkey: `name+hex(id)+base64(kind || key)`.
    @Override
    public String toString() {
        return name
                + "+"
                + HexFormat.of().toHexDigits(id())
                + "+"
                + Base64.getEncoder().encodeToString(typed());
    }
}
