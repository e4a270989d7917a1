package dev.pitcrew.bench;

import dev.pitcrew.runtime.process.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// What a bench leaves behind.
final class Leftovers {
    private Leftovers() {}

    /// Ends what a controller started, which lives on without it, such as the balancer, and deletes the bench's folder.
    ///
    /// @param data the controller's data folder, within the other
    static void end(Path folder, Path data) throws IOException {
        var processes = new LocalProcesses(data.resolve("processes"));
        processes.known().forEach(one -> processes.kill(one.instance()));
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
