package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Ask;
import dev.pitcrew.app.init.Ground.Fact;
import dev.pitcrew.app.init.Ground.Line;
import dev.pitcrew.app.init.Ground.Secret;
import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.SecretText;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Part;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.read.SecretRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The processes that units of systemd start.
final class UnitGround {
    private static final Set<Duty> LEFT =
            EnumSet.of(Duty.STORE, Duty.QUEUE, Duty.PROXY, Duty.MONITOR, Duty.JOB);
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)(?::?-[^}]*)?\\}?");

    private final Survey survey;
    private final Sketch sketch;
    private final Set<String> openSecrets;
    private final String base;

    /// @param base from the system file's folder to the repository's, with its slash; empty when they are the same
    UnitGround(Survey survey, Sketch sketch, String base) {
        this.survey = survey;
        this.sketch = sketch;
        this.base = base;
        this.openSecrets =
                survey.all(SecretText.class).stream()
                        .map(one -> Said.place(one.place()))
                        .collect(Collectors.toSet());
    }

    List<Service> services() {
        return survey.all(SystemdUnit.class).stream()
                .filter(unit -> unit.process().flatMap(sketch::of).isPresent())
                .map(unit -> service(unit, unit.process().orElseThrow()))
                .toList();
    }

    private Service service(SystemdUnit unit, Container process) {
        var duty = sketch.of(process).map(Part::duty).orElse(Duty.OTHER);
        boolean runsOnce =
                unit.last("Type").filter(one -> one.value().equals("oneshot")).isPresent();
        boolean isOpen =
                process.command().stream()
                        .anyMatch(word -> openSecrets.contains(Said.place(word.place())));
        return new Service(
                Said.name(unit.stem()),
                unit.stem(),
                duty,
                isOpen
                        ? "a secret stands in its command"
                        : runsOnce
                                ? "it runs once and ends"
                                : Said.because(sketch.of(process).map(Part::because).orElse("")),
                unit.place(),
                isOpen || runsOnce || LEFT.contains(duty),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                unit.last("TimeoutStopSec")
                        .flatMap(
                                one ->
                                        SystemdUnit.span(one.value())
                                                .map(
                                                        span ->
                                                                new Fact(
                                                                        Said.time(span),
                                                                        one.place()))),
                List.of(),
                secrets(unit, process),
                run(unit, process),
                process.dependsOn().stream().map(Located::value).toList(),
                List.of(),
                asks(unit));
    }

    private static List<Ask> asks(SystemdUnit unit) {
        var asks = new ArrayList<Ask>();
        asks.add(new Ask("where does it listen, if anywhere?", "ports: {http: 8080}"));
        asks.add(new Ask("what says that it is ready?", "probes: {ready: {http: /ready}}"));
        for (Located<String> file : unit.all("EnvironmentFile")) {
            boolean isThere =
                    unit.files().stream()
                            .anyMatch(
                                    one ->
                                            one.isThere()
                                                    && one.path().place().equals(file.place()));
            if (!isThere) {
                String path = file.value().replaceFirst("^-", "");
                asks.add(
                        new Ask(
                                "what is in %s, which its unit reads at %s and which isn't here? Say it in env, and of each secret where it lies"
                                        .formatted(path, Said.place(file.place())),
                                "secrets: {NAME: {text: \"${NAME}\", lines: %s}}"
                                        .formatted(Sheet.scalar(path))));
            }
        }
        unit.last("User")
                .ifPresent(
                        user ->
                                asks.add(
                                        new Ask(
                                                "may it run as whoever runs the controller? Its unit says %s at %s"
                                                        .formatted(
                                                                user.value(),
                                                                Said.place(user.place())),
                                                "")));
        return asks;
    }

    private List<Line> run(SystemdUnit unit, Container process) {
        var keys = new ArrayList<Line>();
        var words = new ArrayList<String>();
        unit.last("WorkingDirectory")
                .map(one -> one.value().replaceFirst("^-", ""))
                .filter(one -> one.startsWith("/"))
                .ifPresent(folder -> words.addAll(List.of("env", "-C", folder)));
        process.command().forEach(word -> words.add(filled(word.value(), process)));
        keys.add(new Line("command: " + Sheet.list(words), Said.place(unit.place())));
        var open =
                process.environment().stream()
                        .filter(one -> !isSecret(one) && one.value().isPresent())
                        .toList();
        if (!open.isEmpty()) {
            keys.add(
                    new Line(
                            open.stream()
                                    .map(
                                            one ->
                                                    "%s: %s"
                                                            .formatted(
                                                                    Sheet.scalar(one.name()),
                                                                    Sheet.scalar(value(one))))
                                    .distinct()
                                    .collect(Collectors.joining(", ", "env: {", "}")),
                            files(open)));
        }
        return keys;
    }

    private static String files(List<EnvVariable> some) {
        return some.stream()
                .map(one -> one.place().file())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /// A variable of the unit's own is put in; any other one is the controller's.
    private static String filled(String word, Container process) {
        return VARIABLE.matcher(word.replace("%%", "%"))
                .replaceAll(
                        one ->
                                Matcher.quoteReplacement(
                                        process.variable(one.group(1))
                                                .map(Located::value)
                                                .filter(
                                                        value ->
                                                                !SecretRules.isSecret(
                                                                        one.group(1), value))
                                                .orElse("${env." + one.group(1) + "}")));
    }

    private static String value(EnvVariable one) {
        return one.value().map(Located::value).orElse("");
    }

    private boolean isSecret(EnvVariable one) {
        return SecretRules.isSecret(one.name(), value(one))
                || openSecrets.contains(
                        Said.place(one.value().map(Located::place).orElse(one.place())));
    }

    /// In a file of lines a secret stays where it is; one in the unit has to leave it.
    private List<Secret> secrets(SystemdUnit unit, Container process) {
        return process.environment().stream()
                .filter(this::isSecret)
                .map(
                        one ->
                                isOfUnit(unit, one.place())
                                        ? new Secret(
                                                one.name(),
                                                "{env: %s}".formatted(one.name()),
                                                "stands in the open at %s; take it out there"
                                                        .formatted(Said.place(one.place())))
                                        : new Secret(
                                                one.name(),
                                                "{text: \"${%s}\", lines: %s}"
                                                        .formatted(
                                                                one.name(),
                                                                Sheet.scalar(
                                                                        base + one.place().file())),
                                                Said.place(one.place())))
                .distinct()
                .toList();
    }

    private static boolean isOfUnit(SystemdUnit unit, Place place) {
        return unit.lines().stream().anyMatch(line -> line.place().file().equals(place.file()));
    }
}
