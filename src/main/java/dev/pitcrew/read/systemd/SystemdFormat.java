package dev.pitcrew.read.systemd;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitCommand;
import dev.pitcrew.model.infra.SystemdUnit.UnitFile;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;
import dev.pitcrew.model.infra.SystemdUnit.UnitLine;
import dev.pitcrew.read.env.EnvFile;
import dev.pitcrew.read.shell.Shell;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// Services, timers and sockets of systemd, with their drop-ins, as files or as scripts write them. Quadlets and other kinds of units are left out.
public final class SystemdFormat implements Format {
    private static final Pattern SECTION =
            Pattern.compile("(?m)^[ \\t]*\\[(Unit|Service|Timer|Socket|Install)\\]");
    private static final Pattern UNIT = Pattern.compile("(.+\\.(?:service|timer|socket))");
    private static final Pattern DROP_IN =
            Pattern.compile("(?:.*/)?([^/]+\\.(?:service|timer|socket))\\.d");
    private static final int FILES_MAX = 200;

    @Override
    public String name() {
        return "systemd";
    }

    @Override
    public boolean claims(SourceFile file) {
        boolean isNamed =
                UNIT.matcher(file.name()).matches()
                        || (file.name().endsWith(".conf")
                                && DROP_IN.matcher(file.folder()).matches());
        return WrittenUnits.isIn(file) || (isNamed && SECTION.matcher(file.text()).find());
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var byUnit = new TreeMap<String, List<SourceFile>>();
        for (SourceFile file : files) {
            if (WrittenUnits.isIn(file)) {
                for (var one : WrittenUnits.of(file)) {
                    String key = file.path() + "/" + one.name();
                    byUnit.computeIfAbsent(key, _ -> new ArrayList<>()).add(one.file());
                }
            } else {
                byUnit.computeIfAbsent(key(file), _ -> new ArrayList<>()).add(file);
            }
        }
        var parts = new ArrayList<Part>();
        byUnit.forEach(
                (key, all) -> {
                    all.sort(
                            (a, b) ->
                                    Boolean.compare(
                                            isDropIn(a), isDropIn(b))); // its own file first
                    parts.add(part(key, all, found));
                });
        var host = HostFiles.of(parts.stream().map(Part::unit).toList(), sources);
        parts.forEach(part -> found.fact(whole(part, host, sources)));
    }

    /// @param unit without process and files
    /// @param byPath the files that its lines come from
    private record Part(SystemdUnit unit, Map<String, SourceFile> byPath) {}

    private static boolean isDropIn(SourceFile file) {
        return DROP_IN.matcher(file.folder()).matches();
    }

    /// Folder and name of the unit that a file is, or adds to.
    private static String key(SourceFile file) {
        var dropIn = DROP_IN.matcher(file.folder());
        return dropIn.matches()
                ? file.folder().substring(0, file.folder().length() - 2)
                : file.path();
    }

    private static Part part(String key, List<SourceFile> files, Found found) {
        var lines = new ArrayList<UnitLine>();
        var byPath = new HashMap<String, SourceFile>();
        for (SourceFile file : files) {
            byPath.put(file.path(), file);
            for (UnitLine line : UnitText.read(file, found)) {
                if (line.value().value().isEmpty()) { // takes back what was said before
                    lines.removeIf(old -> old.key().equals(line.key()));
                } else {
                    lines.add(line);
                }
            }
        }
        String name = key.substring(key.lastIndexOf('/') + 1);
        var kind =
                UnitKind.valueOf(
                        name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT));
        var runs =
                lines.stream()
                        .filter(one -> one.key().startsWith("Exec"))
                        .map(one -> command(one, byPath))
                        .toList();
        var place =
                lines.stream()
                        .filter(one -> one.key().matches("ExecStart|OnCalendar|ListenStream"))
                        .map(UnitLine::place)
                        .findFirst()
                        .orElse(files.getFirst().place(1, 1));
        return new Part(
                new SystemdUnit(place, name, kind, Optional.empty(), lines, runs, List.of()),
                byPath);
    }

    private static UnitCommand command(UnitLine line, Map<String, SourceFile> byPath) {
        String text = line.value().value();
        int from = 0;
        while (from < text.length() && "@-:+!|".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        boolean mayFail = text.substring(0, from).indexOf('-') >= 0;
        int skipped = from;
        var file = byPath.get(line.place().file());
        IntFunction<Place> places =
                file == null ? _ -> line.value().place() : UnitText.places(file, line.value());
        var commands = Shell.parse(text.substring(from), offset -> places.apply(skipped + offset));
        return new UnitCommand(line.key(), mayFail, commands);
    }

    private static SystemdUnit whole(Part part, HostFiles host, Sources sources) {
        var unit = part.unit();
        var files = new ArrayList<UnitFile>();
        for (Located<String> path : HostFiles.named(unit).stream().limit(FILES_MAX).toList()) {
            host.find(path).ifPresent(files::add);
        }
        return new SystemdUnit(
                unit.place(),
                unit.name(),
                unit.kind(),
                process(unit, files, sources),
                unit.lines(),
                unit.runs(),
                files);
    }

    private static Optional<Container> process(
            SystemdUnit unit, List<UnitFile> files, Sources sources) {
        boolean isOfOthers =
                unit.commands("ExecStart").stream()
                        .filter(one -> !one.runs("sh", "bash"))
                        .findFirst()
                        .filter(
                                one ->
                                        one.runs(
                                                "docker",
                                                "docker-compose",
                                                "podman",
                                                "systemctl",
                                                "true"))
                        .isPresent();
        if (unit.kind() != UnitKind.SERVICE || unit.commands("ExecStart").isEmpty() || isOfOthers) {
            return Optional.empty();
        }
        String folder = unit.place().file().replaceFirst("[^/]*$", "").replaceFirst("/$", "");
        return Optional.of(
                new Container(
                        "systemd",
                        folder.isEmpty() ? "." : folder,
                        unit.stem(),
                        unit.place(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        words(unit),
                        environment(unit, files, sources),
                        List.of(),
                        List.of(),
                        List.of(),
                        unit.last("TimeoutStopSec")
                                .or(() -> unit.last("TimeoutSec"))
                                .flatMap(text -> SystemdUnit.span(text.value()).map(text::as)),
                        unit.last("Restart"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        unit.last("User"),
                        List.of(),
                        dependsOn(unit),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static List<Located<String>> words(SystemdUnit unit) {
        return unit.commands("ExecStart").stream()
                .limit(1)
                .map(ShellCommand::words)
                .flatMap(List::stream)
                .toList();
    }

    private static List<Located<String>> dependsOn(SystemdUnit unit) {
        var names = new ArrayList<Located<String>>();
        for (String key : List.of("Requires", "BindsTo", "Wants", "After")) {
            for (Located<String> line : unit.all(key)) {
                for (String one : line.value().split("\\s+", 100)) {
                    boolean isNew =
                            names.stream()
                                    .noneMatch(old -> old.value().equals(SystemdUnit.stem(one)));
                    if (one.endsWith(".service") && isNew) {
                        names.add(line.as(SystemdUnit.stem(one)));
                    }
                }
            }
        }
        return names;
    }

    private static List<EnvVariable> environment(
            SystemdUnit unit, List<UnitFile> files, Sources sources) {
        var variables = new ArrayList<EnvVariable>();
        for (UnitFile file : files) {
            if (file.isThere() && isEnvironment(unit, file)) {
                sources.file(file.inside())
                        .ifPresent(
                                source ->
                                        EnvFile.read(source)
                                                .forEach(
                                                        one ->
                                                                variables.add(
                                                                        new EnvVariable(
                                                                                one.name(),
                                                                                one.place(),
                                                                                Optional.of(
                                                                                        one
                                                                                                .value()),
                                                                                Optional
                                                                                        .empty()))));
            }
        }
        for (Located<String> line : unit.all("Environment")) {
            for (ShellCommand words : Shell.parse("env " + line.value(), _ -> line.place())) {
                words.words().stream()
                        .map(Located::value)
                        .filter(word -> word.indexOf('=') > 0)
                        .forEach(word -> variables.add(variable(word, line)));
            }
        }
        return variables;
    }

    private static boolean isEnvironment(SystemdUnit unit, UnitFile file) {
        return unit.all("EnvironmentFile").stream()
                .anyMatch(one -> one.place().equals(file.path().place()));
    }

    private static EnvVariable variable(String word, Located<String> line) {
        int equals = word.indexOf('=');
        return new EnvVariable(
                word.substring(0, equals),
                line.place(),
                Optional.of(line.as(word.substring(equals + 1))),
                Optional.empty());
    }
}
