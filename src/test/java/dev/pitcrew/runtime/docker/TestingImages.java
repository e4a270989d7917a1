package dev.pitcrew.runtime.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Images without a registry: programs of this host with the libraries that they need, as tar files that are kept in `target/`.
final class TestingImages {
    private static final Path KEPT = Path.of("target", "images");

    private TestingImages() {}

    /// The context of an image with `sh`, `sleep` and `cat`.
    static synchronized Path tiny() throws IOException {
        var kept = KEPT.resolve("tiny.tar");
        if (!Files.exists(kept)) {
            pack(kept, List.of("/bin/sh", "/bin/sleep", "/bin/cat"), List.of());
        }
        return kept;
    }

    /// The context of an image with `cat` alone.
    static synchronized Path other() throws IOException {
        var kept = KEPT.resolve("other.tar");
        if (!Files.exists(kept)) {
            pack(kept, List.of("/bin/cat"), List.of());
        }
        return kept;
    }

    /// The context of an image in which this JVM's own Java runs, once it is mounted there.
    static synchronized Path java() throws IOException {
        var kept = KEPT.resolve("java.tar");
        if (!Files.exists(kept)) {
            var home = System.getProperty("java.home");
            var needed = new ArrayList<String>();
            for (var one :
                    List.of("bin/java", "lib/server/libjvm.so", "lib/libnio.so", "lib/libzip.so")) {
                needed.addAll(libraries(home + "/" + one));
            }
            needed.removeIf(one -> ("/" + one).startsWith(home));
            pack(kept, List.of("/bin/sh", "/bin/cat"), needed);
        }
        return kept;
    }

    /// Keeps a context whose image has nothing but these.
    ///
    /// @param programs and the libraries that they need, under their own names
    /// @param more files, by their paths without the first slash
    static void pack(Path kept, List<String> programs, List<String> more) throws IOException {
        Files.createDirectories(KEPT);
        var folder = Files.createTempDirectory("context");
        var root = folder.resolve("root.tar");
        var dockerfile =
                Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nADD root.tar /\n");
        var argv =
                new ArrayList<>(List.of("tar", "--dereference", "-cf", root.toString(), "-C", "/"));
        var files = new TreeSet<String>();
        for (var program : programs) {
            files.add(program.substring(1));
            files.addAll(libraries(program));
        }
        files.addAll(more);
        argv.addAll(files);
        run(argv);
        var part = Files.createTempFile(KEPT, "context", ".part");
        run(
                List.of(
                        "tar",
                        "-cf",
                        part.toString(),
                        "-C",
                        folder.toString(),
                        "Dockerfile",
                        "root.tar"));
        Files.delete(root);
        Files.delete(dockerfile);
        Files.delete(folder);
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    /// What the program's loader would load, by their paths without the first slash.
    static List<String> libraries(String program) throws IOException {
        return run(List.of("ldd", program))
                .lines()
                .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
                .filter(word -> word.startsWith("/"))
                .map(word -> word.substring(1))
                .toList();
    }

    static String run(List<String> argv) throws IOException {
        var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(argv + ": " + said);
            }
            return said;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
