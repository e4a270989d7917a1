package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;

/// SIGKILL as the way to stop: no drain, no cancel, no log-out.
public final class KilledWithoutWarning implements Check {
    private static final Id ID =
            new Id(
                    "TRD-093",
                    "killed-without-warning",
                    Severity.HIGH,
                    "Every stop of a service of the order path is a SIGKILL, so it never drains");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit unit : Units.all(subject, UnitKind.SERVICE)) {
            unit.last("KillSignal")
                    .filter(one -> one.value().matches("SIGKILL|KILL|9"))
                    .ifPresent(one -> say(subject, report, unit, unit.name(), one.place()));
            unit.commands("ExecStop").stream()
                    .filter(KilledWithoutWarning::kills)
                    .findFirst()
                    .ifPresent(one -> say(subject, report, unit, unit.name(), one.place()));
            unit.last("KillMode")
                    .filter(one -> one.value().equals("mixed") && keepsSignal(subject, unit))
                    .ifPresent(one -> say(subject, report, unit, unit.name(), one.place()));
        }
        for (Container one : subject.all(Container.class)) {
            one.trait("stop-signal:SIGKILL")
                    .or(() -> one.trait("stop-signal:9"))
                    .ifPresent(place -> say(subject, report, one, one.name(), place));
        }
    }

    /// Whether a script starts the program as its child: with `mixed` the script alone hears SIGTERM, and when it is gone the rest is killed.
    private static boolean keepsSignal(Subject subject, SystemdUnit unit) {
        var own = unit.commands("ExecStart");
        var all = Units.commands(subject, unit, "ExecStart");
        return all.size() > own.size()
                && all.subList(own.size(), all.size()).stream()
                        .noneMatch(one -> one.isExec() || one.runs("trap"));
    }

    private static boolean kills(ShellCommand one) {
        return one.runs("kill", "pkill", "killall")
                && (one.hasArgument("-9", "-KILL", "-SIGKILL", "-s9")
                        || (one.hasArgument("-s") && one.hasArgument("KILL", "SIGKILL", "9")));
    }

    private static void say(
            Subject subject, Report report, InfraFact about, String name, Place place) {
        if (subject.duty(about).isOrderPath()) {
            report.finding(
                            place,
                            "%s is stopped with SIGKILL: it can neither cancel its orders nor log out"
                                    .formatted(name))
                    .about(about);
        }
    }
}
