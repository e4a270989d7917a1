package dev.pitcrew.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The end of a file that grows, and may be cut when it grows too long.
final class Tail {
    private static final int BYTES_MAX = 1 << 20;

    private final Path file;
    private long read;

    Tail(Path file) {
        this.file = file;
    }

    /// The last lines, at most 1 MiB of them.
    List<String> end(int lines) throws IOException {
        read = Math.max(0, size() - BYTES_MAX);
        var all = more();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /// Whole lines that came since.
    List<String> more() throws IOException {
        long size = size();
        if (size < read) {
            read = 0; // it was cut
        }
        if (size == read) {
            return List.of();
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(read);
            byte[] bytes = new byte[(int) Math.min(size - read, BYTES_MAX)];
            in.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            read += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
