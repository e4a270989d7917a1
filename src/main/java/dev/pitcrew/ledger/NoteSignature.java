package dev.pitcrew.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// One signature line of a note: `— name base64(key id || signature)`.
///
/// @param name of the key
/// @param keyId of the key
/// @param signature the bytes, whose form depends on the kind of the key
public record NoteSignature(String name, int keyId, Bytes signature) {
    private static final String DASH = "\u2014 ";

    /// @param line without its newline
    /// @throws IllegalArgumentException when it isn't a signature line
    public static NoteSignature parse(String line) {
        var parts = line.startsWith(DASH) ? line.substring(2).split(" ", -1) : new String[0];
        if (parts.length != 2) {
            throw new IllegalArgumentException("not a signature line: " + line);
        }
        VerifierKey.checkName(parts[0]);
        byte[] bytes = Base64.getDecoder().decode(parts[1]);
        if (bytes.length < 5) {
            throw new IllegalArgumentException("signature too short: " + line);
        }
        int keyId = ByteBuffer.wrap(bytes).getInt();
        var signature = Bytes.owned(Arrays.copyOfRange(bytes, 4, bytes.length));
        return new NoteSignature(parts[0], keyId, signature);
    }

    boolean isBy(VerifierKey key) {
        return name.equals(key.name()) && keyId == key.id();
    }

    boolean verifies(VerifierKey key, String text) {
        byte[] bytes = signature.shared();
        return switch (key.kind()) {
            case NOTE -> key.verifies(text.getBytes(StandardCharsets.UTF_8), bytes);
            case COSIGNATURE -> {
                if (bytes.length != 72) {
                    yield false;
                }
                long time = ByteBuffer.wrap(bytes).getLong();
                byte[] signed = Arrays.copyOfRange(bytes, 8, 72);
                yield time > 0 && key.verifies(cosigned(time, text), signed);
            }
        };
    }

    /// What a witness signs: its time and the note's text.
    static byte[] cosigned(long time, String text) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /// The line, without a newline.
    @Override
    public String toString() {
        byte[] bytes =
                ByteBuffer.allocate(4 + signature.size())
                        .putInt(keyId)
                        .put(signature.shared())
                        .array();
        return DASH + name + " " + Base64.getEncoder().encodeToString(bytes);
    }
}
