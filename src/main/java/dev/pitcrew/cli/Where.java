package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.Kind;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.DockerRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                    "The system file; else pitcrew.yaml here. `demo` takes the example in examples/desk instead, and `up` does where there is none here.")
    private @Nullable Path file;

    @Option(
            names = "--env",
            order = Common.ENVIRONMENT,
            paramLabel = "NAME",
            description =
                    "Which environment of the system file. Where none is live, else its first one; where one is live, `kill` and verbs that only read take the one that runs here, and all others want a name.")
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

    /// The system file that is named, else the one here, which may not be there.
    Path fileOrHere() {
        return file == null ? Path.of("pitcrew.yaml") : file;
    }

    /// @param withoutFile which system file it is when none is named
    /// @param unnamed which environment it is when none is named
    /// @throws Refused when the file is wrong or there is none, the environment is none of it, or one has to be named
    Place resolve(WithoutFile withoutFile, Unnamed unnamed) {
        var path = systemFile(withoutFile);
        return switch (SystemFile.read(path)) {
            case Read.Good<TradingSystem>(var whole) -> {
                var where = environment(whole, unnamed);
                var data = data(whole, where);
                if (!data.belongsTo(where.name())) {
                    throw new Refused(
                            data.path()
                                    + " is the data folder of another environment than "
                                    + where.name(),
                            "name its own one with --env, or another folder with --dir");
                }
                yield new Place(path.toAbsolutePath(), whole.in(where.name()), where, data);
            }
            case Read.Bad<TradingSystem>(var problems) ->
                    throw new Refused(
                            String.join("\n", problems.stream().map(Object::toString).toList()),
                            "");
        };
    }

    /// The place of an environment that a verb names by itself; `--env` may name it as well.
    ///
    /// @throws UsageError when `--env` names another one
    Place named(WithoutFile withoutFile, String name) {
        if (environment != null && !environment.equals(name)) {
            throw new UsageError("--env names " + environment + ", and the verb " + name);
        }
        return beside(withoutFile, name, Optional.ofNullable(dir));
    }

    /// The place of another environment of the same system file.
    ///
    /// @param folder where its data are kept; empty: beside the system file
    Place beside(WithoutFile withoutFile, String name, Optional<Path> folder) {
        var there = new Where();
        there.file = systemFile(withoutFile);
        there.environment = name;
        there.dir = folder.orElse(null);
        return there.resolve(withoutFile, Unnamed.REFUSED);
    }

    private Environment environment(TradingSystem system, Unnamed unnamed) {
        var all = system.environments();
        if (all.isEmpty()) {
            throw new Refused(
                    "the system file declares no environment", "`pitcrew schema` shows how");
        }
        if (environment != null) {
            return named(system, environment);
        }
        if (all.size() == 1 || all.stream().noneMatch(one -> one.kind() == Kind.LIVE)) {
            return all.getFirst();
        }
        var running = unnamed == Unnamed.RUNNING ? running(system) : List.<Environment>of();
        if (running.size() == 1) {
            return running.getFirst();
        }
        throw new Refused(
                "the system file has more than one environment, and one is live",
                "name yours with --env: " + names(all));
    }

    private static Environment named(TradingSystem system, String name) {
        try {
            return system.environment(name);
        } catch (NoSuchElementException e) {
            throw new Refused(
                    String.valueOf(e.getMessage()), "it has " + names(system.environments()));
        }
    }

    private static String names(List<Environment> all) {
        return String.join(", ", all.stream().map(Environment::name).toList());
    }

    /// Those of which a process lives, or may live; with --dir the one whose folder it is.
    private List<Environment> running(TradingSystem system) {
        return system.environments().stream()
                .filter(
                        one -> {
                            var data = data(system, one);
                            return data.belongsTo(one.name()) && lives(system, one, data);
                        })
                .toList();
    }

    private static boolean lives(TradingSystem system, Environment environment, DataFolder data) {
        try {
            return DockerRuntime.startedBefore(system, environment, data.path(), System.getenv())
                    .known()
                    .stream()
                    .anyMatch(one -> !one.state().dead());
        } catch (IOException
                | UncheckedIOException
                | OperationFailed _) { // it can't be told, so it may
            return true;
        }
    }

    private DataFolder data(TradingSystem system, Environment of) {
        return Optional.ofNullable(dir)
                .map(DataFolder::new)
                .orElseGet(() -> DataFolder.of(system.folder(), of.name()));
    }

    private Path systemFile(WithoutFile without) {
        if (file != null) {
            return file;
        }
        var here = Path.of("pitcrew.yaml");
        if (without != WithoutFile.EXAMPLE && Files.exists(here)) {
            return here;
        }
        var example =
                Path.of(System.getProperty("pitcrew.home", ""), "examples", "desk", "pitcrew.yaml");
        // Whoever stands in a wrong folder must not act on another desk than he thinks.
        if (without == WithoutFile.HERE || !Files.exists(example)) {
            throw new Refused(
                    "there is no pitcrew.yaml in " + here.toAbsolutePath().getParent(),
                    "go where it is, or name it with --file");
        }
        return example;
    }
}
