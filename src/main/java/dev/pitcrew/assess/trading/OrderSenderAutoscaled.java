package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Scaling;

/// An autoscaler multiplies what must be one.
public final class OrderSenderAutoscaled implements Check {
    private static final Id ID =
            new Id(
                    "TRD-002",
                    "order-sender-autoscaled",
                    Severity.CRITICAL,
                    "An autoscaler starts more copies of a service that sends orders");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Scaling scaling : subject.all(Scaling.class)) {
            boolean mayGrow = scaling.most().filter(most -> most.value() < 2).isEmpty();
            subject.all(Container.class).stream()
                    .filter(one -> one.unit().equals(scaling.target()))
                    .filter(one -> mayGrow && subject.duty(one) == Duty.ORDER_ENTRY)
                    .findFirst()
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    scaling.place(),
                                                    "%s adds copies of %s, which sends orders, when the load is high"
                                                            .formatted(scaling.name(), one.name()))
                                            .about(one)
                                            .also(one.place(), "what is scaled")
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
