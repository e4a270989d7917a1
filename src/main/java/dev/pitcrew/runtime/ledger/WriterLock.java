package dev.pitcrew.runtime.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Sees to it that a file has one writer. The system lets go of it when the process dies, however it dies.
final class WriterLock implements AutoCloseable {
    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws OperationFailed with `LEDGER_IN_USE` when somebody else has it
    static WriterLock take(Path file) {
        var path = file.resolveSibling(file.getFileName() + ".lock");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            var channel =
                    FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw new OperationFailed(
                        Code.LEDGER_IN_USE, "another process writes " + file + "; stop it", null);
            }
            return new WriterLock(channel);
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.LEDGER_UNAVAILABLE, "can't lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) { // by this very process
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.LEDGER_UNAVAILABLE, "can't let go of the ledger's lock", e);
        }
    }
}
