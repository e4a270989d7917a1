package dev.pitcrew.server;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only their owner may read.
public final class PrivateFile {
    private PrivateFile() {}

    /// Writes the file whole or not at all, with mode 0600 from its first byte on.
    ///
    /// @throws OperationFailed with `FILE_UNUSABLE` when it can't be written
    public static void write(Path file, String text) {
        try {
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            // Temporary files are made with mode 0600, on all systems that know modes.
            var unfinished =
                    Files.createTempFile(
                            folder,
                            file.getFileName().toString(),
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.FILE_UNUSABLE, file + " can't be written: " + e.getMessage(), e);
        }
    }
}
