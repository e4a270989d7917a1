package dev.pitcrew.runtime.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Keeps the log of a running process short: `x.log`, then `x.log.1` to `x.log.3`, each about 16 MiB at most.
///
/// The process holds the file open for appending, so the file is copied and cut rather than renamed.
final class LogRotation {
    static final long LIMIT_BYTES = 16L << 20;
    private static final int KEPT = 3;

    private LogRotation() {}

    static void rotate(Path log) throws IOException {
        rotate(log, LIMIT_BYTES);
    }

    static void rotate(Path log, long limitBytes) throws IOException {
        if (!Files.exists(log) || Files.size(log) < limitBytes) {
            return;
        }
        for (int older = KEPT; older > 1; older--) {
            Path newer = numbered(log, older - 1);
            if (Files.exists(newer)) {
                Files.move(newer, numbered(log, older), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try {
            Files.copy(log, numbered(log, 1), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) { // a disk that is full: half a copy would only fill it more
            Files.deleteIfExists(numbered(log, 1));
            throw e;
        }
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
    }

    private static Path numbered(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }
}
