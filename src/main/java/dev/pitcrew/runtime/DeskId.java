package dev.pitcrew.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.UUID;

/// What the controllers of one desk have in common: the data folder, which lists the desk's processes.
final class DeskId {
    private DeskId() {}

    /// The folder's own, made when there is none. Of several that come first at once, one makes it and the others wait: the lock is
    /// the file's, which any file system has that a controller works on, and within this process this class's.
    static synchronized String of(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder.resolve("desk.id"), CREATE, READ, WRITE);
                var _ = channel.lock()) {
            var known = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
            if (known.endsWith("\n")) {
                return known.strip();
            }
            // Nobody's yet, or somebody's who died while he wrote it and so never used it.
            var made = UUID.randomUUID().toString();
            channel.truncate(0);
            channel.write(US_ASCII.encode(made + "\n"), 0);
            channel.force(true);
            return made;
        }
    }
}
