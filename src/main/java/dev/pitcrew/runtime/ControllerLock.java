package dev.pitcrew.runtime;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Sees to it that one controller works in a data folder. The system lets go of it when the controller dies, however it
/// dies.
final class ControllerLock implements AutoCloseable {
    private final FileChannel channel;

    private ControllerLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the folder, and makes it when there is none.
    ///
    /// @throws OperationFailed with `IN_USE` when another controller has it, `FILE_UNUSABLE` when it can't be written
    static ControllerLock take(Path dataFolder) {
        var file = dataFolder.resolve("controller.lock");
        try {
            Files.createDirectories(dataFolder);
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTakenNow(channel)) {
                channel.close();
                throw new OperationFailed(
                        Code.IN_USE,
                        "controller %s works in %s already; stop it first, or ask it"
                                .formatted(Files.readString(file).strip(), dataFolder),
                        null);
            }
            channel.truncate(0);
            var pid = ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return new ControllerLock(channel);
        } catch (IOException e) {
            throw new OperationFailed(Code.FILE_UNUSABLE, dataFolder + " can't be locked: " + e, e);
        }
    }

    /// Takes the folder beside other controllers which take turns by a lease, and beside no other one.
    ///
    /// @throws OperationFailed with `IN_USE` when a controller that takes no turns has it
    static ControllerLock share(Path dataFolder) {
        var file = dataFolder.resolve("controller.lock");
        try {
            Files.createDirectories(dataFolder);
            var channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (!isSharedNow(channel)) {
                channel.close();
                throw new OperationFailed(
                        Code.IN_USE,
                        "a controller with a ledger in a file works in %s already; stop it first"
                                .formatted(dataFolder),
                        null);
            }
            return new ControllerLock(channel);
        } catch (IOException e) {
            throw new OperationFailed(Code.FILE_UNUSABLE, dataFolder + " can't be locked: " + e, e);
        }
    }

    private static boolean isSharedNow(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, true) != null;
        } catch (OverlappingFileLockException _) { // by this very process, which has a lease too
            return true;
        }
    }

    private static boolean isTakenNow(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) { // by this very process
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.FILE_UNUSABLE, "can't let go of the controller's lock", e);
        }
    }
}
