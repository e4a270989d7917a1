package dev.pitcrew.runtime.nginx;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pitcrew.runtime.process.CLibrary;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// nginx's master process, which reads its files anew when it is told to.
///
/// @param pidFile in which it is named
/// @param configuration its main file
record Master(Path pidFile, Path configuration) {
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(3);
    private static final int HANG_UP = 1;
    private static final MethodHandle
            KILL = // to start a program for it takes a busy host longer than all of the reload
            CLibrary.function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final List<String> PROGRAMS =
            List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/local/nginx/sbin/nginx");

    /// @throws IOException when it doesn't run
    long pid() throws IOException {
        var text = Files.readString(pidFile).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException(pidFile + " names no process: '" + text + "'", e);
        }
    }

    Workers workers() throws IOException {
        return Workers.of(pid());
    }

    /// What is wrong with the files, in nginx's own words.
    Optional<String> objection() throws IOException {
        var program = PROGRAMS.stream().filter(one -> Files.isExecutable(Path.of(one))).findFirst();
        var said =
                run(List.of(program.orElse("nginx"), "-t", "-q", "-c", configuration.toString()));
        return said.exitCode() == 0
                ? Optional.empty()
                : Optional.of(said.text().strip().lines().findFirst().orElse("nginx -t says no"));
    }

    /// Has it read its files, and replace its workers one generation by the next.
    void reload() throws IOException {
        int pid = Math.toIntExact(pid());
        if (CLibrary.call(() -> (int) KILL.invokeExact(pid, HANG_UP)) != 0) {
            throw new IOException("nginx can't be signalled: nobody may, or it is gone");
        }
    }

    private record Said(int exitCode, String text) {}

    private static Said run(List<String> command) throws IOException {
        var out = Files.createTempFile("pitcrew-nginx", ".out");
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            if (!process.waitFor(CHECK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " did not end in time");
            }
            return new Said(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(out);
        }
    }
}
