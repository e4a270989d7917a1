package desk.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Tokens in a file of fixed width, under a lock between processes, forced to the disk before an answer.
public final class FileTokens implements Tokens {
    private static final int WIDTH = 20;

    private final Path file;

    /// @param file one for each service, such as `DESK_DIR/tokens/strategy`
    public FileTokens(Path file) {
        this.file = file;
    }

    public static FileTokens of(Settings settings, String service) {
        return new FileTokens(settings.deskDir().resolve("tokens").resolve(service));
    }

    @Override
    public long highest() {
        return locked(Long.MIN_VALUE);
    }

    @Override
    public boolean take(long token) {
        return locked(token) <= token;
    }

    @Override
    public boolean takeNewer(long token) {
        return locked(token) < token;
    }

    /// Raises the highest to the token where that is higher.
    ///
    /// @return the highest before
    // Synchronized on the class: a file lock belongs to the process and can't be taken twice within
    // one.
    private long locked(long token) {
        synchronized (FileTokens.class) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                try (var channel =
                                FileChannel.open(
                                        file,
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.READ,
                                        StandardOpenOption.WRITE);
                        var _ = channel.lock()) {
                    var before = read(channel);
                    if (token > before) {
                        // Always the same width and one sector, so a reader never meets half a
                        // number.
                        channel.write(
                                ByteBuffer.wrap(
                                        ("%0" + WIDTH + "d")
                                                .formatted(token)
                                                .getBytes(StandardCharsets.US_ASCII)),
                                0);
                        channel.force(true);
                    }
                    return before;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static long read(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(WIDTH);
        var count = channel.read(text, 0);
        return count < WIDTH
                ? 0
                : Long.parseLong(new String(text.array(), StandardCharsets.US_ASCII));
    }
}
