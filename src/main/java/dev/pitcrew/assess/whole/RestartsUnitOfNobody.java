package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A deploy that restarts the name of last year.
public final class RestartsUnitOfNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-073",
                    "restarts-unit-of-nobody",
                    Severity.HIGH,
                    "A deploy or script restarts a unit that is not here, while one of nearly the same name is");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var units = Units.all(subject, UnitKind.SERVICE);
        if (units.isEmpty()) {
            return;
        }
        var commands =
                Stream.concat(
                        subject.all(Pipeline.class).stream()
                                .flatMap(one -> one.jobs().stream())
                                .flatMap(one -> one.commands().stream()),
                        subject.all(Script.class).stream()
                                .filter(one -> !installs(one.commands()))
                                .flatMap(one -> one.commands().stream()));
        commands.filter(one -> one.runs("systemctl"))
                .filter(one -> one.hasArgument("restart", "start", "reload", "enable", "stop"))
                .forEach(one -> look(one, units, report));
    }

    /// Whether a script brings units whose names nobody knows: `install unit "$SERVICE_PATH"`, then `daemon-reload`.
    private static boolean installs(List<ShellCommand> commands) {
        return commands.stream()
                        .anyMatch(one -> one.runs("systemctl") && one.hasArgument("daemon-reload"))
                && commands.stream()
                        .filter(one -> one.runs("install", "cp", "mv", "tee"))
                        .anyMatch(
                                one ->
                                        !one.arguments().isEmpty()
                                                && one.arguments().getLast().startsWith("$"));
    }

    private static void look(ShellCommand one, List<SystemdUnit> units, Report report) {
        for (String name : one.arguments()) {
            boolean isName =
                    name.matches("[A-Za-z][A-Za-z0-9_.-]*")
                            && !name.matches(
                                    "restart|start|reload|enable|stop|.*\\.(timer|socket|target)");
            boolean isKnown =
                    units.stream().anyMatch(unit -> unit.stem().equals(SystemdUnit.stem(name)));
            if (isName && !isKnown) {
                near(name, units)
                        .ifPresent(
                                unit ->
                                        report.finding(
                                                        one.place(),
                                                        "'%s' names %s, and the unit here is %s: the command fails, and the old version runs on"
                                                                .formatted(
                                                                        one.text().length() > 60
                                                                                ? "systemctl"
                                                                                : one.text(),
                                                                        name,
                                                                        unit.name()))
                                                .also(unit.place(), "the unit of nearly that name")
                                                .confidence(Confidence.MEDIUM));
            }
        }
    }

    /// A unit of the same letters, or of the same words but one.
    private static Optional<SystemdUnit> near(String name, List<SystemdUnit> units) {
        String stem = SystemdUnit.stem(name);
        return units.stream().filter(one -> isNear(one.stem(), stem)).findFirst();
    }

    private static boolean isNear(String one, String other) {
        var mine = words(one);
        var theirs = words(other);
        var shared = new HashSet<>(mine);
        shared.retainAll(theirs);
        boolean isAllButOne = Math.max(mine.size(), theirs.size()) - shared.size() <= 1;
        return letters(one).equals(letters(other)) || (shared.size() >= 2 && isAllButOne);
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static Set<String> words(String name) {
        return new HashSet<>(List.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", 20)));
    }
}
