package dev.pitcrew.runtime.http;

import dev.pitcrew.model.Template;
import dev.pitcrew.runtime.process.OwnEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A short command of a hook or probe, and what came of it. Its output goes to a file, so that a command that prints
/// much, or leaves a child behind that keeps printing, can't block us.
sealed interface Command {
    /// @param code its exit code
    /// @param output what it printed on both streams
    record Ended(int code, String output) implements Command {}

    record NotStarted(String why) implements Command {}

    /// It was killed at the limit, with its children.
    record TooLong() implements Command {}

    static Command run(
            Instance instance,
            List<Template> command,
            Map<String, String> environment,
            Duration limit) {
        List<String> argv = new ArrayList<>();
        try {
            for (Template word : command) {
                argv.add(word.fill(name -> value(instance, name)));
            }
        } catch (IllegalArgumentException e) {
            return new NotStarted(String.valueOf(e.getMessage()));
        }
        return run(argv, Optional.of(instance.folder()), environment, limit);
    }

    private static String value(Instance instance, String name) {
        String value = instance.values().get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing is known as ${" + name + "}");
        }
        return value;
    }

    static Command run(
            List<String> argv,
            Optional<Path> folder,
            Map<String, String> environment,
            Duration limit) {
        try {
            Path output = Files.createTempFile("pitcrew-command", ".out");
            try {
                return run(argv, folder, environment, limit, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return new NotStarted(argv.getFirst() + " can't be run: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new TooLong();
        }
    }

    private static Command run(
            List<String> argv,
            Optional<Path> folder,
            Map<String, String> environment,
            Duration limit,
            Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(output.toFile());
        folder.ifPresent(path -> builder.directory(path.toFile()));
        OwnEnvironment.strip(builder);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
                return new Ended(process.exitValue(), text);
            }
            return new TooLong();
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }
}
