package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.PortUse;

/// Whoever reaches the host reaches the executor.
public final class OrderPathOnEveryInterface implements Check {
    private static final Id ID =
            new Id(
                    "TRD-005",
                    "order-path-on-every-interface",
                    Severity.HIGH,
                    "A port of the order path is open on every interface of the host");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            if (!subject.duty(one).isOrderPath() || !one.format().equals("compose")) {
                continue;
            }
            one.ports().stream()
                    .filter(PortUse::isOpen)
                    .findFirst()
                    .ifPresent(
                            port ->
                                    report.finding(
                                                    port.place(),
                                                    "port %s of %s, which is on the order path, is open on every interface"
                                                            .formatted(port.text(), one.name()))
                                            .about(one)
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
