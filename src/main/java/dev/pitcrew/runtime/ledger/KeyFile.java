package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The file of a signing key, which only its owner may read.
public final class KeyFile {
    private static final String OWNER_ONLY = "rw-------";

    private KeyFile() {}

    /// Reads the key, or makes one when there is no file.
    ///
    /// @throws OperationFailed with `KEY_UNUSABLE` when others may read the file, or it holds another key
    public static SigningKey loadOrCreate(Path file, String name, VerifierKey.Kind kind) {
        try {
            if (!Files.exists(file)) {
                var key = SigningKey.generate(name, kind);
                var rights = PosixFilePermissions.fromString(OWNER_ONLY);
                CheckpointFile.replace(
                        file, key.toFile(), PosixFilePermissions.asFileAttribute(rights));
                return key;
            }
            return loaded(file, name, kind);
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    /// Reads the key, and never makes one: who only checks or goes on must not come up with another.
    ///
    /// @throws OperationFailed with `KEY_UNUSABLE` as above, and when there is no file
    public static SigningKey load(Path file, String name, VerifierKey.Kind kind) {
        try {
            return loaded(file, name, kind);
        } catch (NoSuchFileException e) {
            throw unusable(
                    file, new NoSuchFileException("there is none; restore it from its backup"));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    private static SigningKey loaded(Path file, String name, VerifierKey.Kind kind)
            throws IOException {
        var rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!rights.substring(3).equals("------")) {
            throw new IllegalArgumentException("others may read it; run chmod 600");
        }
        var key = SigningKey.fromFile(Files.readString(file));
        if (!key.verifier().name().equals(name) || key.verifier().kind() != kind) {
            throw new IllegalArgumentException("it holds the key of " + key.verifier());
        }
        return key;
    }

    private static OperationFailed unusable(Path file, Exception cause) {
        return new OperationFailed(
                Code.KEY_UNUSABLE,
                "the signing key " + file + " can't be used: " + cause.getMessage(),
                cause);
    }
}
