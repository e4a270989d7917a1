package dev.pitcrew.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/// A private Ed25519 key that signs checkpoints, as a log or as a witness.
public final class SigningKey {
    private final PrivateKey secret;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey secret, VerifierKey verifier) {
        this.secret = secret;
        this.verifier = verifier;
    }

    /// A new key from the platform's source of chance.
    public static SigningKey generate(String name, VerifierKey.Kind kind) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var verifier = VerifierKey.of(name, kind, (EdECPublicKey) pair.getPublic());
            return new SigningKey(pair.getPrivate(), verifier);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /// Reads what [#toFile()] wrote.
    ///
    /// @throws IllegalArgumentException when it isn't a key, or its two halves don't belong together
    public static SigningKey fromFile(String text) {
        var lines = text.lines().toList();
        if (lines.size() != 2) {
            throw new IllegalArgumentException("not a key file: it has " + lines.size() + " lines");
        }
        try {
            var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(1)));
            var secret = KeyFactory.getInstance("Ed25519").generatePrivate(encoded);
            var key = new SigningKey(secret, VerifierKey.parse(lines.getFirst()));
            byte[] probe = {1};
            if (!key.verifier.verifies(probe, key.ed25519(probe))) {
                throw new IllegalArgumentException("the two halves of the key don't match");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key in PKCS #8", e);
        }
    }

    /// Two lines: the vkey, and the secret as base64 of PKCS #8. For a file that only its owner reads.
    public String toFile() {
        return verifier + "\n" + Base64.getEncoder().encodeToString(secret.getEncoded()) + "\n";
    }

    /// The public half.
    public VerifierKey verifier() {
        return verifier;
    }

    /// A signature line for the text.
    ///
    /// @param at goes into a cosignature, in whole seconds; a log's signature carries no time
    public NoteSignature sign(String text, Instant at) {
        return switch (verifier.kind()) {
            case NOTE -> signature(ed25519(text.getBytes(StandardCharsets.UTF_8)));
            case COSIGNATURE -> {
                long time = at.getEpochSecond();
                byte[] signed = ed25519(NoteSignature.cosigned(time, text));
                yield signature(ByteBuffer.allocate(72).putLong(time).put(signed).array());
            }
        };
    }

    private NoteSignature signature(byte[] bytes) {
        return new NoteSignature(verifier.name(), verifier.id(), Bytes.owned(bytes));
    }

    private byte[] ed25519(byte[] message) {
        try {
            var ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(secret);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with a checked key failed", e);
        }
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "SigningKey[" + verifier + "]";
    }
}
