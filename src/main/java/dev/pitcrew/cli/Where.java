package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which desk a verb is about.
public final class Where {
    @Option(
            names = "--file",
            order = Common.FILE,
            paramLabel = "FILE",
            description =
                    "The system file; else pitcrew.yaml here, else the example in examples/desk.")
    private @Nullable Path file;

    @Option(
            names = "--env",
            order = Common.ENVIRONMENT,
            paramLabel = "NAME",
            description = "Which environment of the system file; else its first one.")
    private @Nullable String environment;

    @Option(
            names = "--dir",
            order = Common.FOLDER,
            paramLabel = "FOLDER",
            description =
                    "Where ledger, logs and operators of the environment are kept; else .pitcrew/NAME beside the system file.")
    private @Nullable Path dir;

    /// What they say.
    ///
    /// @param file the system file
    /// @param system the effective system of the environment
    /// @param data where its data lies
    public record Place(
            Path file, TradingSystem system, Environment environment, DataFolder data) {}

    /// @throws Refused when the file is wrong or the environment is none of it
    Place resolve() {
        var path = systemFile();
        return switch (SystemFile.read(path)) {
            case Read.Good<TradingSystem>(var whole) -> {
                var where = environment(whole);
                var data =
                        Optional.ofNullable(dir)
                                .map(DataFolder::new)
                                .orElseGet(() -> DataFolder.of(whole.folder(), where.name()));
                yield new Place(path.toAbsolutePath(), whole.in(where.name()), where, data);
            }
            case Read.Bad<TradingSystem>(var problems) ->
                    throw new Refused(
                            String.join("\n", problems.stream().map(Object::toString).toList()),
                            "");
        };
    }

    private Environment environment(TradingSystem system) {
        var chosen = environment;
        if (system.environments().isEmpty()) {
            throw new Refused(
                    "the system file declares no environment", "`pitcrew schema` shows how");
        }
        try {
            return chosen == null ? system.environments().getFirst() : system.environment(chosen);
        } catch (NoSuchElementException e) {
            var names = system.environments().stream().map(Environment::name).toList();
            throw new Refused(String.valueOf(e.getMessage()), "it has " + String.join(", ", names));
        }
    }

    private Path systemFile() {
        if (file != null) {
            return file;
        }
        var here = Path.of("pitcrew.yaml");
        var example =
                Path.of(System.getProperty("pitcrew.home", ""), "examples", "desk", "pitcrew.yaml");
        if (Files.exists(here) || !Files.exists(example)) {
            return here;
        }
        return example;
    }
}
