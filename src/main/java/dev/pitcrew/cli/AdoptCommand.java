package dev.pitcrew.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pitcrew.app.adopt.Adopt;
import dev.pitcrew.app.adopt.Adoption;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.read.compose.ComposeRequest;
import dev.pitcrew.runtime.docker.Engine;
import dev.pitcrew.runtime.docker.EnginePlace;
import dev.pitcrew.server.Api;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew adopt`: what runs of a Compose project, held against its files.
@Command(
        description = {
            "Finds a Compose project's containers at a Docker engine and says what runs, what differs from the files (image, command, environment by digest, mounts, limits), and what is in the way of changing it safely, each with its place and what to do. It changes nothing and restarts nothing.",
            "The project is the one that pitcrew.yaml names with from; without pitcrew.yaml the Compose file here.",
            "Exit code 0: it runs as the files say, and nothing is in the way. 1: something differs or is in the way, or nothing of it runs. 3: the engine can't be asked."
        })
final class AdoptCommand implements Callable<ExitCode> {
    private static final List<String> DEFAULTS =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "Compose files, the later over the earlier; one alone brings its override along. Else what pitcrew.yaml says.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--profile",
            split = ",",
            paramLabel = "NAME",
            description = "With FILE: profiles that are active.")
    private List<String> profiles = new ArrayList<>();

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description =
                    "With FILE: the project's name; else what the files, .env or the folder say.")
    private @Nullable String project;

    @Option(
            names = "--engine",
            paramLabel = "ADDRESS",
            description =
                    "Where the engine listens: unix:///PATH, tcp://HOST:PORT, ssh://USER@HOST or context:NAME; else DOCKER_HOST, else its usual socket.")
    private @Nullable String engine;

    @Option(
            names = "--file",
            order = Common.FILE,
            paramLabel = "FILE",
            description = "The system file; else pitcrew.yaml here.")
    private Path systemFile = Path.of("pitcrew.yaml");

    @Option(
            names = "--format",
            order = Common.FORMAT,
            paramLabel = "FORM",
            defaultValue = "text",
            description = "How the result is written to stdout: text or json; else text.")
    private Format format = Format.TEXT;

    @Option(
            names = "--no-color",
            order = Common.COLOUR,
            description = "No colours on a terminal; NO_COLOR in the environment does the same.")
    private boolean isPlain;

    @Override
    public ExitCode call() {
        var err = spec.commandLine().getErr();
        try {
            var adoption = adoption();
            spec.commandLine()
                    .getOut()
                    .println(
                            format == Format.JSON
                                    ? json(adoption)
                                    : AdoptText.of(
                                            adoption, isPlain ? Ink.PLAIN : Inks.ofTerminal()));
            return adoption.differs() || adoption.isHindered() ? ExitCode.REFUSED : ExitCode.OK;
        } catch (UsageError no) {
            err.println("pitcrew: " + no.getMessage());
            return ExitCode.USAGE;
        } catch (Refused no) {
            err.println("pitcrew: " + no.sentence());
            return ExitCode.REFUSED;
        } catch (IllegalArgumentException no) {
            err.println("pitcrew: " + no.getMessage());
            return ExitCode.REFUSED;
        } catch (OperationFailed failure) {
            err.println("pitcrew: " + failure.getMessage());
            return ExitCode.FAILED;
        }
    }

    private Adoption adoption() {
        var problems = new LinkedHashSet<Problem>();
        var found = project(problems);
        if (found.isEmpty()) {
            throw new Refused(
                    problems.isEmpty()
                            ? "%s names no Compose project".formatted(systemFile)
                            : String.join("\n", problems.stream().map(Problem::toString).toList()),
                    problems.isEmpty()
                            ? "say from: docker-compose.yml in it, or name the file"
                            : "");
        }
        var variables = new HashMap<>(System.getenv());
        if (engine != null) {
            variables.put("DOCKER_HOST", engine);
        }
        try (var asked = Engine.at(EnginePlace.usual(variables))) {
            return new Adopt(asked)
                    .adopt(found.get(), System.getenv(), List.copyOf(problems), salted());
        }
    }

    private Optional<ComposeProject> project(Set<Problem> problems) {
        if (files.isEmpty() && (!profiles.isEmpty() || project != null)) {
            throw new UsageError("--profile and --project go with FILE; pitcrew.yaml has its own");
        }
        if (files.isEmpty() && Files.exists(systemFile)) {
            if (SystemFile.read(systemFile) instanceof Read.Bad<TradingSystem>(var bad)) {
                problems.addAll(bad);
            }
            return SystemFile.composeProject(systemFile, problems::add);
        }
        var named =
                files.isEmpty()
                        ? DEFAULTS.stream()
                                .filter(one -> Files.exists(Path.of(one)))
                                .limit(1)
                                .toList()
                        : files;
        if (named.isEmpty()) {
            throw new Refused(
                    "there is neither a pitcrew.yaml nor a Compose file here",
                    "go where it is, or name it");
        }
        var request =
                new ComposeRequest(
                        located(named),
                        named.size() > 1,
                        located(profiles),
                        Optional.ofNullable(project),
                        List.of());
        var read = ComposeProject.read(systemFile, request, problems::add);
        read.ifPresent(ComposeProject::tree); // which finds what can't be carried over
        return read;
    }

    private static List<Located<String>> located(List<String> words) {
        return words.stream()
                .map(one -> new Located<>(one, new Place("command line", 1, 1)))
                .toList();
    }

    /// A digest that tells two values apart and can't be looked up: its salt is of this run alone.
    private static UnaryOperator<String> salted() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        var salt = HexFormat.of().formatHex(bytes);
        return value ->
                "digest "
                        + Digest.of((salt + value).getBytes(StandardCharsets.UTF_8))
                                .hex()
                                .substring(0, 8);
    }

    private static String json(Adoption adoption) {
        try {
            return Api.json().writerWithDefaultPrettyPrinter().writeValueAsString(adoption);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is always JSON", e);
        }
    }
}
