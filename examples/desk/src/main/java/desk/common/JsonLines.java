package desk.common;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/// Appends JSON objects to a file, one a line. An append is one write: what it returned from survives SIGKILL of
/// this process, since the bytes are the kernel's; it survives loss of power only after [#sync()].
public final class JsonLines implements AutoCloseable {
    private final FileChannel channel;

    private JsonLines(FileChannel channel) {
        this.channel = channel;
    }

    /// Opens or creates the file, and cuts off a last line that a killed writer left unfinished.
    public static JsonLines open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        channel.truncate(endOfLastLine(channel));
        channel.position(channel.size());
        return new JsonLines(channel);
    }

    public void append(Object value) {
        appendAll(List.of(value));
    }

    /// Appends all values with one write, so that they stay together.
    public synchronized void appendAll(List<?> values) {
        var lines = new ByteArrayOutputStream(256 * values.size());
        for (var value : values) {
            lines.writeBytes(Json.bytes(value));
            lines.write('\n');
        }
        var buffer = ByteBuffer.wrap(lines.toByteArray());
        try {
            var before = channel.position();
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                takeBack(before);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A full disk takes half a line; what comes later must not be glued to it.
    private void takeBack(long end) throws IOException {
        channel.truncate(end);
        channel.position(end);
    }

    /// Makes all appended lines survive loss of power.
    public void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Reads every whole line in order; an unfinished last line and a missing file count as nothing.
    public static <T> void read(Path file, Class<T> type, Consumer<T> each) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (var reader = Files.newBufferedReader(file)) {
            var previous = reader.readLine();
            while (previous != null) {
                var line = reader.readLine();
                // Without a last newline the last line may be cut; it was then never confirmed to
                // anyone.
                if (line != null || endsWithNewline(file)) {
                    each.accept(Json.parse(previous, type));
                }
                previous = line;
            }
        }
    }

    private static boolean endsWithNewline(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            return endOfLastLine(channel) == channel.size();
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        var one = ByteBuffer.allocate(1);
        for (var at = channel.size(); at > 0; at--) {
            channel.read(one.clear(), at - 1);
            if (one.get(0) == '\n') {
                return at;
            }
        }
        return 0;
    }
}
