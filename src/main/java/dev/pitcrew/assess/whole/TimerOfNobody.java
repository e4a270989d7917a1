package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;

/// A timer and the service that it should start are two files, and one was renamed.
public final class TimerOfNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-072",
                    "timer-of-nobody",
                    Severity.HIGH,
                    "A timer starts a service that is not among the units beside it");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var services = Units.all(subject, UnitKind.SERVICE);
        for (SystemdUnit timer : Units.all(subject, UnitKind.TIMER)) {
            boolean isAlone = services.stream().noneMatch(one -> folder(one).equals(folder(timer)));
            boolean isKnown =
                    services.stream()
                            .anyMatch(one -> one.stem().equals(SystemdUnit.stem(timer.starts())));
            boolean isTemplate =
                    subject.survey().files().stream()
                            .anyMatch(
                                    file ->
                                            file.path()
                                                    .startsWith(
                                                            folder(timer) + timer.starts() + "."));
            boolean isOtherKind = !timer.starts().endsWith(".service");
            if (!isAlone
                    && !isKnown
                    && !isTemplate
                    && !isOtherKind
                    && !timer.starts().contains("{")) {
                report.finding(
                        timer.last("Unit").map(Located::place).orElse(timer.place()),
                        "%s starts %s, which is not here; systemd refuses to start the timer"
                                .formatted(timer.name(), timer.starts()));
            }
        }
    }

    private static String folder(SystemdUnit unit) {
        return unit.place().file().replaceFirst("[^/]*$", "");
    }
}
