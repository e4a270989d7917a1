package dev.pitcrew.runtime;

import dev.pitcrew.model.SecretRef;
import dev.pitcrew.model.SecretRef.CommandSecret;
import dev.pitcrew.model.SecretRef.EnvSecret;
import dev.pitcrew.model.SecretRef.FileSecret;
import dev.pitcrew.model.SecretRef.TextSecret;
import dev.pitcrew.model.Template;
import dev.pitcrew.read.env.EnvFile;
import dev.pitcrew.read.survey.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Fetches secrets at the moment a process starts. A value goes into that process's environment and nowhere else.
final class Secrets {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Path folder;
    private final Map<String, String> environment;

    /// @param folder of the system file
    /// @param environment the controller's own
    Secrets(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /// The values by the variable that each goes into.
    ///
    /// @param valueOf what `${…}` stands for
    /// @throws IOException when one can't be had; the message never holds a value
    Map<String, String> fetch(Map<String, SecretRef> references, Function<String, String> valueOf)
            throws IOException {
        var values = new TreeMap<String, String>();
        for (var each : references.entrySet()) {
            try {
                values.put(each.getKey(), value(each.getValue(), valueOf));
            } catch (IOException e) {
                throw new IOException("secret " + each.getKey() + ": " + e.getMessage(), e);
            }
        }
        return values;
    }

    private String value(SecretRef reference, Function<String, String> valueOf) throws IOException {
        return switch (reference) {
            case FileSecret(var path) ->
                    withoutLineBreak(Files.readString(folder.resolve(path.fill(valueOf))));
            case EnvSecret(var variable) -> {
                var value = environment.get(variable);
                if (value == null) {
                    throw new IOException("the controller's environment has no " + variable);
                }
                yield value;
            }
            case TextSecret(var text, var lines) -> text(text, lines(lines, valueOf));
            case CommandSecret(var command) -> {
                var argv = command.stream().map(word -> word.fill(valueOf)).toList();
                yield withoutLineBreak(Commands.secret(argv, folder, LIMIT));
            }
        };
    }

    private String text(Template text, Map<String, String> lines) throws IOException {
        for (String name : text.variables()) {
            if (!environment.containsKey(name) && !lines.containsKey(name)) {
                throw new IOException(
                        "neither the controller's environment nor its lines have " + name);
            }
        }
        return text.fill(
                name ->
                        Optional.ofNullable(environment.get(name))
                                .orElseGet(() -> lines.getOrDefault(name, "")));
    }

    private Map<String, String> lines(Optional<Template> file, Function<String, String> valueOf)
            throws IOException {
        var lines = new TreeMap<String, String>();
        if (file.isPresent()) {
            var path = folder.resolve(file.get().fill(valueOf));
            for (var one : EnvFile.read(new SourceFile(path.toString(), Files.readString(path)))) {
                lines.put(one.name(), one.value().value());
            }
        }
        return lines;
    }

    private static String withoutLineBreak(String text) {
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
