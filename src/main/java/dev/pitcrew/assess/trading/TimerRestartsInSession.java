package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.CalendarEvent;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;
import java.util.Optional;

/// A timer that restarts, at an hour at which an exchange of its zone trades.
public final class TimerRestartsInSession implements Check {
    private static final Id ID =
            new Id(
                    "TRD-094",
                    "timer-restarts-in-session",
                    Severity.HIGH,
                    "A timer restarts services of the order path while the market is open");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit timer : Units.all(subject, UnitKind.TIMER)) {
            var service = Units.service(subject, timer, timer.starts());
            var restart = service.flatMap(one -> restart(subject, one));
            if (restart.isEmpty()) {
                continue;
            }
            for (var calendar : timer.all("OnCalendar")) {
                var event = CalendarEvent.of(calendar.value());
                if (event.isInSession()) {
                    report.finding(
                                    calendar.place(),
                                    "%s goes off at %s %s, while the market is open, and runs '%s'"
                                            .formatted(
                                                    timer.name(),
                                                    event.time().orElseThrow(),
                                                    event.zone(),
                                                    restart.get().text()))
                            .also(restart.get().place(), "what it runs")
                            .confidence(event.isOnWeekdays() ? Confidence.HIGH : Confidence.MEDIUM);
                }
            }
        }
    }

    private static Optional<ShellCommand> restart(Subject subject, SystemdUnit service) {
        return Units.commands(subject, service, "ExecStart", "ExecStartPre").stream()
                .filter(one -> restarts(subject, service, one))
                .findFirst();
    }

    private static boolean restarts(Subject subject, SystemdUnit from, ShellCommand one) {
        if (one.runs("systemctl") && one.hasArgument("restart", "try-restart", "stop")) {
            return one.arguments().stream()
                    .flatMap(name -> Units.service(subject, from, name).stream())
                    .anyMatch(unit -> subject.duty(unit).isOrderPath());
        }
        boolean isCompose =
                one.runs("docker-compose") || (one.runs("docker") && one.hasArgument("compose"));
        boolean isRestart =
                isCompose
                        ? one.hasArgument("restart", "down", "up")
                        : one.runs("reboot")
                                || (one.runs("docker", "podman") && one.hasArgument("restart"));
        return isRestart && OrderPath.of(subject).isPresent();
    }
}
