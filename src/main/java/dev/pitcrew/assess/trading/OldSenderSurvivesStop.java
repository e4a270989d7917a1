package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;

/// Stopped means that the main process is gone; its children may still be there.
public final class OldSenderSurvivesStop implements Check {
    private static final Id ID =
            new Id(
                    "TRD-092",
                    "old-sender-survives-stop",
                    Severity.HIGH,
                    "A stop of a service of the order path leaves processes of it running, and the next start adds new ones");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit unit : Units.all(subject, UnitKind.SERVICE)) {
            unit.last("KillMode")
                    .filter(one -> one.value().matches("process|none"))
                    .filter(_ -> subject.duty(unit).isOrderPath())
                    .ifPresent(
                            mode ->
                                    report.finding(
                                                    mode.place(),
                                                    mode.value().equals("none")
                                                            ? "KillMode=none: a stop of %s ends no process of it, and a restart starts a second sender beside the first"
                                                                    .formatted(unit.name())
                                                            : "KillMode=process: a stop of %s ends its main process alone, and children that send orders go on beside those of the next start"
                                                                    .formatted(unit.name()))
                                            .about(unit));
        }
    }
}
