package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.CalendarEvent;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;

/// A venue opens by its own clock, and changes it on its own days.
public final class TimerWithoutZone implements Check {
    private static final Id ID =
            new Id(
                    "TRD-096",
                    "timer-without-zone",
                    Severity.MEDIUM,
                    "A timer starts what sends orders at an hour of the host's clock rather than of the venue's");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit timer : Units.all(subject, UnitKind.TIMER)) {
            var service =
                    Units.worked(subject, timer)
                            .filter(one -> Sends.orders(subject.duty(one), one.stem()));
            if (service.isEmpty()) {
                continue;
            }
            for (var calendar : timer.all("OnCalendar")) {
                var event = CalendarEvent.of(calendar.value());
                if (event.time().isPresent() && event.zone().isEmpty() && event.isOnWeekdays()) {
                    var finding =
                            report.finding(
                                            calendar.place(),
                                            "%s works on %s at %s of the host's zone: one hour off while the clocks of the venue have changed, and wrong on a host in UTC"
                                                    .formatted(
                                                            timer.name(),
                                                            service.get().name(),
                                                            event.time().get()))
                                    .about(service.get())
                                    .confidence(Confidence.MEDIUM);
                    timer.last("Timezone")
                            .ifPresent(
                                    one ->
                                            finding.also(
                                                    one.place(),
                                                    "systemd has no such setting, and passes over it"));
                }
            }
        }
    }
}
