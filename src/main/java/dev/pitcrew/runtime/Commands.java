package dev.pitcrew.runtime;

import dev.pitcrew.runtime.process.OwnEnvironment;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Short commands that print one thing: a secret, or the number of a gate. What they print touches no disk. And those that call a person.
final class Commands {
    private Commands() {}

    /// What it printed on its standard output. It sees nothing of our own environment but what is harmless.
    ///
    /// @throws IOException when it can't be run, ends with another code than 0, or takes longer than the limit
    static String output(List<String> argv, Path folder, Duration limit) throws IOException {
        var builder = new ProcessBuilder(argv);
        OwnEnvironment.strip(builder);
        return output(builder, folder, limit);
    }

    /// The same of a command that fetches a secret, which may need what we were given to prove who we are.
    ///
    /// @throws IOException as above
    static String secret(List<String> argv, Path folder, Duration limit) throws IOException {
        return output(new ProcessBuilder(argv), folder, limit);
    }

    /// Hands a text to a command that tells it to somebody, on its standard input.
    ///
    /// @param environment what it finds besides
    /// @throws IOException as above
    static void tell(
            List<String> argv,
            Path folder,
            Map<String, String> environment,
            String text,
            Duration limit)
            throws IOException {
        var file = Files.createTempFile("pitcrew-alarm", ".json");
        try {
            Files.writeString(file, text);
            var builder = new ProcessBuilder(argv).redirectInput(file.toFile());
            OwnEnvironment.strip(builder);
            builder.environment().putAll(environment);
            var _ = output(builder, folder, limit);
        } finally {
            Files.delete(file);
        }
    }

    private static String output(ProcessBuilder builder, Path folder, Duration limit)
            throws IOException {
        var program = builder.command().getFirst();
        var process = builder.directory(folder.toFile()).redirectError(Redirect.DISCARD).start();
        try (var _ = process.getOutputStream()) {
            // Killed at the limit, which ends the reading below.
            var _ =
                    process.onExit()
                            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                            .whenComplete(
                                    (_, late) -> {
                                        if (late != null) {
                                            process.descendants()
                                                    .forEach(ProcessHandle::destroyForcibly);
                                            process.destroyForcibly();
                                        }
                                    });
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(program + " ended with " + code);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
