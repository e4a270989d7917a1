package dev.pitcrew.runtime.ledger;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real file system of a few mebibytes, which can be filled.
public final class SmallDisk {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// Mounts it; where that isn't permitted, the test is skipped and says so.
    ///
    /// @param folder empty
    /// @param mebibytes its size
    public static SmallDisk mount(Path folder, int mebibytes) throws Exception {
        var size = "size=%dm".formatted(mebibytes);
        var out = run(List.of("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString()));
        if (!out.isEmpty()) {
            abort("no small disk can be mounted here: " + out);
        }
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /// Leaves no byte free.
    public void fill() throws IOException {
        var block = new byte[4096];
        try (var file =
                Files.newOutputStream(
                        filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                file.write(block);
            }
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    /// Gives back what [#fill] took.
    public void makeRoom() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    public void unmount() throws Exception {
        var out = run(List.of("umount", folder.toString()));
        if (!out.isEmpty()) {
            throw new IOException(out);
        }
    }

    /// What a command complains of; empty when it did its work.
    private static String run(List<String> command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        try (var in = process.inputReader()) {
            var out = String.join(" ", in.lines().toList());
            process.waitFor(10, TimeUnit.SECONDS);
            return process.exitValue() == 0 ? "" : out + " (exit " + process.exitValue() + ")";
        }
    }
}
