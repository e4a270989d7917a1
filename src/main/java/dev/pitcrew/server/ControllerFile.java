package dev.pitcrew.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// Which controller runs in a data folder, and where it answers.
///
/// @param port of its API, on 127.0.0.1
/// @param startedAt of its process, by the host; tells it from a later process with the same pid
public record ControllerFile(long pid, int port, String startedAt) {
    private static final JsonMapper JSON = new JsonMapper();

    /// This very process.
    public static ControllerFile here(int port) {
        var self = ProcessHandle.current();
        return new ControllerFile(self.pid(), port, started(self));
    }

    public void write(Path file) throws IOException {
        PrivateFile.write(file, JSON.writeValueAsString(this) + "\n");
    }

    /// @return empty when none runs, whatever the file says
    public static Optional<ControllerFile> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(file.toFile(), ControllerFile.class))
                            .filter(one -> one.process().isPresent())
                    : Optional.empty();
        } catch (IOException _) { // being replaced, or damaged: then nobody is found through it
            return Optional.empty();
        }
    }

    /// Its process, while that lives.
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(one -> started(one).equals(startedAt));
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }
}
