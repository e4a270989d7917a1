package dev.pitcrew.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Orders that clients have sent and that nobody has answered yet, by what the clients write down.
final class Backlog {
    private static final long LOOK_MILLIS = 100;

    private final Path folder;
    private final Map<Path, Long> read = new HashMap<>();
    private long orders;

    /// @param folder of the clients' files
    Backlog(Path folder) {
        this.folder = folder;
    }

    /// Waits until fewer orders than so many are unanswered.
    ///
    /// @return whether it came to that in time
    boolean isBelow(long most, long seconds) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (now() >= most) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private long now() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.jsonl")) {
            for (var file : files) {
                follow(file);
            }
        }
        return orders;
    }

    private void follow(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long from = read.getOrDefault(file, 0L);
            var bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8);
            var whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().forEach(this::take);
            read.put(file, from + whole.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    // A replace is no order of its own here: it is sent at once, and what is told of it is not an
    // acknowledgement.
    private void take(String line) {
        if (line.contains("-r\"")) {
            return;
        }
        if (line.contains("\"SENT\"")) {
            orders++;
        } else if (line.contains("\"ACKNOWLEDGED\"")) {
            orders--;
        }
    }
}
