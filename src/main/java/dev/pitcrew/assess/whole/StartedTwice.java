package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;
import dev.pitcrew.model.infra.Trading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Compose and systemd don't know of each other. A repository may offer both for its users to choose, so this is a guess.
public final class StartedTwice implements Check {
    private static final Id ID =
            new Id(
                    "SYS-070",
                    "started-twice",
                    Severity.MEDIUM,
                    "The same service that sends orders is started by Compose and by systemd");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit unit : Units.all(subject, UnitKind.SERVICE)) {
            if (unit.process().isEmpty()
                    || !comesBack(subject, unit)
                    || subject.duty(unit) != Duty.ORDER_ENTRY
                    || subject.trading(unit) == Trading.TEST) {
                continue;
            }
            var process = unit.process().get();
            subject.all(Container.class).stream()
                    .filter(one -> one.format().equals("compose") && one.profiles().isEmpty())
                    .filter(one -> subject.duty(one) == Duty.ORDER_ENTRY)
                    .filter(one -> subject.trading(one) != Trading.TEST)
                    .filter(
                            one ->
                                    one.restart()
                                            .filter(
                                                    at ->
                                                            at.value()
                                                                    .matches(
                                                                            "always|unless-stopped"))
                                            .isPresent())
                    .filter(one -> one.name().equals(process.name()) || isSame(one, process))
                    .findFirst()
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    unit.place(),
                                                    "%s starts what Compose starts as %s: on a host that has both, two of them send orders after each boot"
                                                            .formatted(unit.name(), one.name()))
                                            .about(unit)
                                            .also(one.place(), "the service in Compose")
                                            .confidence(Confidence.LOW));
        }
    }

    private static boolean comesBack(Subject subject, SystemdUnit unit) {
        return unit.isInstalled() || Units.isWanted(subject, unit);
    }

    private static boolean isSame(Container one, Container process) {
        var program = program(one);
        return program.isPresent() && program.equals(program(process));
    }

    /// The program file or module that it runs, with its arguments.
    private static Optional<String> program(Container one) {
        List<String> words =
                one.command().stream()
                        .flatMap(word -> List.of(word.value().split("\\s+", 50)).stream())
                        .map(word -> word.substring(word.lastIndexOf('/') + 1))
                        .dropWhile(
                                word ->
                                        word.matches(
                                                "python[0-9.]*|-u|java|node|exec|env|poetry|uv|run"))
                        .toList();
        return words.isEmpty() || !words.getFirst().matches(".*\\.(py|jar|js|sh)|-m|-jar")
                ? Optional.empty()
                : Optional.of(words.stream().collect(Collectors.joining(" ")));
    }
}
