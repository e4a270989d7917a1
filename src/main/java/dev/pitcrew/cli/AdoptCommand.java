package dev.pitcrew.cli;

import dev.pitcrew.app.adopt.Adopt;
import dev.pitcrew.app.adopt.Adoption;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.read.compose.ComposeRequest;
import dev.pitcrew.runtime.docker.Engine;
import dev.pitcrew.runtime.docker.EnginePlace;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew adopt`: what runs of a Compose project, held against its files.
@Command(
        description = {
            "Finds a Compose project's containers at a Docker engine and says what runs, what differs from the files (image, command, environment by digest, mounts, limits), and what is in the way of changing it safely, each with its place and what to do. Without --take it changes nothing. It restarts nothing.",
            "The project is the one that pitcrew.yaml names with from; without pitcrew.yaml the Compose file here.",
            "With --take the running containers of the services in pitcrew.yaml become their instances, as they run, in an environment with runtime: docker. The one thing that is changed of a container is its restart policy, to no: Pitcrew decides from then on who runs. It takes the approval that a first start takes. Without --wait the exit code says whether it was planned.",
            "Exit code 0: it runs as the files say, and nothing is in the way. 1: something differs or is in the way, nothing of it runs, or with --take a service that runs was not taken over. 3: the engine can't be asked."
        })
final class AdoptCommand extends DeskCommand {
    private static final List<String> DEFAULTS =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

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
            names = "--take",
            description =
                    "Take over what runs of the services in pitcrew.yaml, as it runs: nothing is restarted. The plan is printed first.")
    private boolean isTaking;

    @Option(names = "--plan", description = "With --take: only print the plan.")
    private boolean isPlan;

    @Option(
            names = "--wait",
            description = "With --take: show how it goes until each service is taken over or not.")
    private boolean isWaiting;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "With --take: why, in your words; it goes into the ledger.")
    private String reason = "";

    @Override
    ExitCode run(Where options) throws Exception {
        if (isTaking) {
            return run(place(options));
        }
        if (isPlan || isWaiting || !reason.isEmpty()) {
            throw new UsageError("--plan, --wait and --reason go with --take");
        }
        var adoption = adoption(options.fileOrHere());
        show(adoption, AdoptText.of(adoption, ink()));
        return adoption.differs() || adoption.isHindered() ? ExitCode.REFUSED : ExitCode.OK;
    }

    @Override
    ExitCode run(Where.Place place) throws Exception {
        if (!files.isEmpty() || engine != null) {
            throw new UsageError("--take goes by pitcrew.yaml: its from, and its engine");
        }
        if (!isPlan && reason.isBlank()) {
            throw new UsageError("--take needs --reason: why it is taken over; or --plan");
        }
        var problems = new LinkedHashSet<Problem>();
        var project = project(place.file(), problems);
        if (project.isEmpty()) {
            throw new Refused(
                    "%s names no Compose project".formatted(place.file()),
                    "say from: docker-compose.yml in it");
        }
        return new TakeOver(this, place, project.get(), reason).run(isPlan, isWaiting);
    }

    private Adoption adoption(Path systemFile) {
        var problems = new LinkedHashSet<Problem>();
        var found = project(systemFile, problems);
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
        try (var asked = new Adopt(Engine.at(EnginePlace.usual(variables)))) {
            return asked.adopt(found.get(), System.getenv(), List.copyOf(problems), salted());
        }
    }

    private Optional<ComposeProject> project(Path systemFile, Set<Problem> problems) {
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
}
