package dev.pitcrew.runtime.haproxy;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.pitcrew.runtime.haproxy.OneHaproxy.Unwilling;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What HAProxy reads when it begins or is reloaded, so that it goes on as it was told.
///
/// @param folder where
record BeginFiles(Path folder) {
    /// @param state as `show servers state` tells it, which is also how HAProxy reads it
    void slots(String state) throws Unwilling {
        write(HaproxyConfig.state(folder), state + "\n\n");
    }

    void map(String service, Routing routing) throws Unwilling {
        write(HaproxyConfig.map(folder, service), routing.lines());
    }

    private static void write(Path file, String text) throws Unwilling {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, text);
            try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Unwilling("nothing was changed, because " + file + " can't be written: " + e);
        }
    }
}
