package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/// Where a witness keeps what it knows: `FOLDER/<sha256 of the origin>/checkpoint`.
public final class CheckpointFile {
    private CheckpointFile() {}

    /// The path below the folder, the same as in the protocol's monitoring URL.
    public static String path(String origin) {
        return Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex() + "/checkpoint";
    }

    /// Replaces a file: after a crash it holds the old text or the new, and the new once this returned.
    static void replace(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(next, options, attributes)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true); // the new name is durable only with its folder
        }
    }
}
