package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;
import dev.pitcrew.model.infra.Trading;

/// What nobody enables, or what was only asked of the running systemd, is gone after a reboot.
public final class GoneAfterReboot implements Check {
    private static final Id ID =
            new Id(
                    "TRD-095",
                    "gone-after-reboot",
                    Severity.HIGH,
                    "A timer or service of the order path does not come back after a reboot of the host");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit timer : Units.all(subject, UnitKind.TIMER)) {
            var service = Units.worked(subject, timer);
            boolean isMeant =
                    service.filter(one -> Sends.orders(subject.duty(one), one.stem())).isPresent();
            if (isMeant && !timer.isInstalled() && !Units.isWanted(subject, timer)) {
                report.finding(
                                timer.place(),
                                "%s has no [Install], so it can't be enabled, and after a reboot %s is never started again"
                                        .formatted(timer.name(), timer.starts()))
                        .also(service.get().place(), "what it starts")
                        .about(service.get());
            }
        }
        for (SystemdUnit unit : Units.all(subject, UnitKind.SERVICE)) {
            boolean isMeant =
                    Sends.orders(subject.duty(unit), unit.stem())
                            && subject.trading(unit) != Trading.TEST
                            && !unit.name().contains("@")
                            && unit.last("Type")
                                    .filter(one -> one.value().equals("oneshot"))
                                    .isEmpty();
            if (isMeant && !unit.isInstalled() && !Units.isWanted(subject, unit)) {
                report.finding(
                                unit.place(),
                                "%s has no [Install] and nothing starts it, so it stays down after a reboot"
                                        .formatted(unit.name()))
                        .about(unit)
                        .confidence(Confidence.MEDIUM);
            }
        }
        if (OrderPath.of(subject).isEmpty()) {
            return;
        }
        for (Script script : subject.all(Script.class)) {
            script.commands().stream()
                    .filter(one -> !Paths.isTest(one.place()) && isForgotten(one))
                    .forEach(
                            one ->
                                    report.finding(
                                                    one.place(),
                                                    "systemd-run makes a timer that a reboot takes away: '%s' is not run then"
                                                            .formatted(shortened(one)))
                                            .confidence(Confidence.MEDIUM));
        }
    }

    private static boolean isForgotten(ShellCommand one) {
        return one.runs("systemd-run")
                && one.arguments().stream().anyMatch(word -> word.startsWith("--on-"));
    }

    private static String shortened(ShellCommand one) {
        String text = one.text();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
