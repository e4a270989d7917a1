package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.UpdateKind;
import dev.pitcrew.model.infra.Duty;

/// An update of an executor has two of them for a while.
public final class NewSenderBeforeOldStops implements Check {
    private static final Id ID =
            new Id(
                    "TRD-003",
                    "new-sender-before-old-stops",
                    Severity.CRITICAL,
                    "An update starts the new copy of a service that sends orders before the old one has stopped");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            var update = one.update().filter(how -> how.value() == UpdateKind.START_FIRST);
            boolean isOne = one.replicas().filter(count -> count.value() == 0).isEmpty();
            if (update.isPresent() && isOne && subject.duty(one) == Duty.ORDER_ENTRY) {
                report.finding(
                                update.get().place(),
                                "an update of %s starts the new copy while the old one still sends orders"
                                        .formatted(one.name()))
                        .about(one)
                        .confidence(Confidence.MEDIUM);
            }
        }
    }
}
