package dev.pitcrew.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;

/// The wall clock of one process, by libfaketime; the monotonic one stays the host's, which nobody can set either.
///
/// @param file says how far it is from the host's
record WallClock(Path file) {
    /// One that goes as the host's. Where the library isn't, the test is skipped and says so.
    static WallClock asTheHosts(Path file) throws IOException {
        var clock = new WallClock(file);
        assumeThat(Files.isRegularFile(library())).as("libfaketime is installed").isTrue();
        clock.jump(Duration.ZERO);
        return clock;
    }

    private static Path library() throws IOException {
        try (var places = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
            return StreamSupport.stream(places.spliterator(), false)
                    .map(one -> one.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(Path.of(""));
        }
    }

    /// With these a process has it.
    Map<String, String> variables() throws IOException {
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
    }

    /// Within a second it is so far from the host's.
    void jump(Duration away) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, (away.isZero() ? "+0" : "%+ds".formatted(away.toSeconds())) + "\n");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
