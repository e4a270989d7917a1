package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Ask;
import dev.pitcrew.app.init.Ground.Fact;
import dev.pitcrew.app.init.Ground.Line;
import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.VenueLibraries;
import dev.pitcrew.read.SecretRules;
import dev.pitcrew.read.survey.Duties;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What could be started where nothing starts it: an image that is built here, a program that a package names.
final class ImageGround {
    private static final Pattern NOT_TO_RUN =
            Pattern.compile(
                    "(?i)(.*[/._-])?(tests?|testing|dev|devcontainer|ci|docs?|examples?|base|builder|build)([/._-].*)?");
    private static final Pattern TABLE = Pattern.compile("\\[\\s*(.+?)\\s*\\]");
    private static final Pattern SCRIPT =
            Pattern.compile("\"?([A-Za-z0-9][A-Za-z0-9._-]{0,60})\"?\\s*=\\s*[\"'].*");
    private static final Pattern PROCESS =
            Pattern.compile("([A-Za-z0-9_-]{1,60}):\\s*(\\S.{0,1000})");

    private final Survey survey;
    private final String system;

    /// @param system its name, for what lies at the top
    ImageGround(Survey survey, String system) {
        this.survey = survey;
        this.system = system;
    }

    /// A service for each Dockerfile that isn't for tests or development.
    List<Service> images() {
        return survey.all(ImageBuild.class).stream()
                .filter(one -> !NOT_TO_RUN.matcher(one.place().file()).matches())
                .filter(one -> !one.stages().isEmpty())
                .map(this::image)
                .toList();
    }

    private Service image(ImageBuild build) {
        String file = build.place().file();
        String folder = folder(file);
        String last = file.substring(file.lastIndexOf('/') + 1);
        boolean isApart = folder.matches("(.*/)?\\.?docker"); // for Dockerfiles alone
        String stem = isApart || folder.isEmpty() ? system : folder.replaceFirst(".*/", "");
        String own = last.replaceFirst("(?i)\\.?(docker|container)file$", "");
        String end = last.replaceFirst("(?i)^(docker|container)file", "");
        String name = Said.name(own.isEmpty() || !end.equals(last) ? stem + end : own);
        var port =
                build.effective("EXPOSE")
                        .flatMap(
                                one ->
                                        one.words().stream()
                                                .filter(word -> isPort(word.value()))
                                                .findFirst())
                        .map(word -> new Fact(word.value().replace("/tcp", ""), word.place()));
        var keys = new ArrayList<Line>();
        keys.add(
                new Line(
                        "container: {image: \"%s:${version}\"%s}"
                                .formatted(
                                        name,
                                        port.map(one -> ", ports: {http: " + one.text() + "}")
                                                .orElse("")),
                        "docker build -t %s:VERSION %s%s"
                                .formatted(
                                        name,
                                        file.endsWith("/Dockerfile") || file.equals("Dockerfile")
                                                ? ""
                                                : "-f " + file + " ",
                                        folder.isEmpty() || isApart ? "." : folder)));
        port.ifPresent(one -> keys.add(new Line("ports: {http: auto}", Said.place(one.place()))));
        var isReady = build.effective("HEALTHCHECK").filter(ImageGround::asks).isPresent();
        return service(
                name,
                folder,
                build.place(),
                isReady,
                port.isPresent(),
                keys,
                "which variables does it need?");
    }

    private static boolean asks(Instruction check) {
        return !check.text().startsWith("NONE");
    }

    private static boolean isPort(String word) {
        return word.matches("[1-9][0-9]{0,3}(/tcp)?|[1-5][0-9]{4}(/tcp)?");
    }

    private Service service(
            String name,
            String folder,
            Place place,
            boolean isReady,
            boolean hasPort,
            List<Line> run,
            String open) {
        var duty = Duties.ofName(name);
        var library =
                survey.all(Dependency.class).stream()
                        .filter(one -> VenueLibraries.isOne(one.name()))
                        .filter(one -> one.folder().equals(folder))
                        .findFirst();
        boolean isBuiltToTrade = duty == Duty.OTHER && library.isPresent();
        var asks = new ArrayList<Ask>();
        if (!isReady) {
            asks.add(new Ask("what says that it is ready?", "probes: {ready: {http: /ready}}"));
        }
        asks.add(new Ask(open, "env: {NAME: value}   # and secrets: {NAME: {env: NAME}}"));
        return new Service(
                name,
                name,
                isBuiltToTrade ? Duty.ORDER_ENTRY : duty,
                isBuiltToTrade
                        ? "it is built with %s, %s"
                                .formatted(library.get().name(), Said.place(library.get().place()))
                        : duty == Duty.OTHER ? "nothing says more" : "name " + name,
                place,
                false,
                hasPort,
                isReady,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                run,
                List.of(),
                List.of(),
                asks);
    }

    /// A service for each line of a Procfile, else for each script of a Python package.
    List<Service> programs(Sources sources) {
        var processes =
                sources.all().stream()
                        .filter(file -> file.path().equals("Procfile"))
                        .flatMap(this::processes)
                        .toList();
        return processes.isEmpty()
                ? sources.all().stream()
                        .filter(file -> file.path().equals("pyproject.toml"))
                        .flatMap(this::scripts)
                        .toList()
                : processes;
    }

    private Stream<Service> processes(SourceFile file) {
        var all = new ArrayList<Service>();
        for (int line = 1; line <= file.lines(); line++) {
            var process = PROCESS.matcher(file.line(line));
            var place = file.place(line, 1);
            if (process.matches() && !Said.name(process.group(1)).isEmpty()) {
                words(process.group(2))
                        .map(words -> program(process.group(1), place, words))
                        .ifPresent(all::add);
            }
        }
        return all.stream();
    }

    /// The line as words, or for a shell where it needs one; empty when a secret seems to be in it, or what a system file would take for its own.
    private static Optional<List<String>> words(String line) {
        var words = List.of(line.strip().split("\\s+", -1));
        boolean isSecret =
                words.stream()
                        .anyMatch(
                                word ->
                                        SecretRules.isSecret(
                                                word.contains("=")
                                                        ? word.replaceFirst("=.*", "")
                                                                .replaceFirst("^-+", "")
                                                        : "",
                                                word));
        String plain = line.replaceAll("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}", "\\$$1");
        if (isSecret || plain.contains("${")) {
            return Optional.empty();
        }
        return Optional.of(
                plain.matches("[^$`'\"|&;<>()*?~\\\\]*")
                        ? words
                        : List.of("sh", "-c", "exec " + plain.strip()));
    }

    private Stream<Service> scripts(SourceFile file) {
        var all = new ArrayList<Service>();
        String table = "";
        for (int line = 1; line <= file.lines(); line++) {
            String text = file.line(line).strip();
            var heading = TABLE.matcher(text);
            var script = SCRIPT.matcher(text);
            if (heading.matches()) {
                table = heading.group(1);
            } else if (table.matches("project\\.scripts|tool\\.poetry\\.scripts")
                    && script.matches()
                    && !Said.name(script.group(1)).isEmpty()) {
                all.add(program(script.group(1), file.place(line, 1), List.of(script.group(1))));
            }
        }
        return all.stream();
    }

    private Service program(String name, Place place, List<String> words) {
        return service(
                Said.name(name),
                "",
                place,
                false,
                false,
                List.of(new Line("command: " + Sheet.list(words), Said.place(place))),
                "which arguments and variables does it need?");
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
