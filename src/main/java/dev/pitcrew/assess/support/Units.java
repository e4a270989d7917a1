package dev.pitcrew.assess.support;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which units of systemd belong together, and what they run.
public final class Units {
    private Units() {}

    /// The units of a kind, without those of tests.
    public static List<SystemdUnit> all(Subject subject, UnitKind kind) {
        return subject.all(SystemdUnit.class).stream()
                .filter(one -> one.kind() == kind && !Paths.isTest(one.place()))
                .toList();
    }

    /// The service that a unit starts or names; of several with the same name, the one that lies nearest.
    public static Optional<SystemdUnit> service(Subject subject, SystemdUnit from, String name) {
        String file = from.place().file();
        return all(subject, UnitKind.SERVICE).stream()
                .filter(one -> one.stem().equals(SystemdUnit.stem(name)))
                .min(Comparator.comparingInt(one -> -Near.shared(one.place().file(), file)));
    }

    /// The service that a timer works on: the one that it starts, or the one that this starts or ends by `systemctl`.
    public static Optional<SystemdUnit> worked(Subject subject, SystemdUnit timer) {
        var started = service(subject, timer, timer.starts());
        return started.stream()
                .flatMap(one -> one.commands("ExecStart").stream())
                .filter(one -> one.runs("systemctl"))
                .flatMap(one -> one.arguments().stream())
                .flatMap(name -> service(subject, timer, name).stream())
                .findFirst()
                .or(() -> started);
    }

    /// The commands of some keys, and those of the scripts of the repository that they start.
    public static List<ShellCommand> commands(Subject subject, SystemdUnit unit, String... keys) {
        var own = unit.commands(keys);
        var scripts =
                unit.files().stream()
                        .filter(
                                file ->
                                        own.stream()
                                                .flatMap(one -> one.words().stream())
                                                .map(Located::place)
                                                .anyMatch(file.path().place()::equals))
                        .flatMap(
                                file ->
                                        subject.all(Script.class).stream()
                                                .filter(
                                                        one ->
                                                                one.place()
                                                                        .file()
                                                                        .equals(file.inside())))
                        .flatMap(one -> one.commands().stream());
        return Stream.concat(own.stream(), scripts).toList();
    }

    /// Whether another unit starts it: a timer, a socket, or one that wants it.
    public static boolean isWanted(Subject subject, SystemdUnit unit) {
        return subject.all(SystemdUnit.class).stream()
                .filter(one -> !one.name().equals(unit.name()))
                .anyMatch(
                        one ->
                                (one.kind() != UnitKind.SERVICE
                                                && SystemdUnit.stem(one.starts())
                                                        .equals(unit.stem()))
                                        || Stream.of(
                                                        "Wants",
                                                        "Requires",
                                                        "BindsTo",
                                                        "Upholds",
                                                        "Also")
                                                .flatMap(key -> one.all(key).stream())
                                                .anyMatch(
                                                        names ->
                                                                List.of(
                                                                                names.value()
                                                                                        .split(
                                                                                                "\\s+",
                                                                                                100))
                                                                        .contains(unit.name())));
    }
}
