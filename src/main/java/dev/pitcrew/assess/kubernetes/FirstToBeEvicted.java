package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;

/// Best effort is what order entry gets.
public final class FirstToBeEvicted implements Check {
    private static final Id ID =
            new Id(
                    "K8S-003",
                    "first-to-be-evicted",
                    Severity.HIGH,
                    "A service that sends orders asks for no memory while others do, so it is the first that a full node evicts");

    private static boolean asks(Container one) {
        return one.memoryMax().isPresent()
                || one.traits().stream().anyMatch(at -> at.value().startsWith("resources:"));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            boolean isOrderEntry =
                    one.format().equals("kubernetes") && subject.duty(one) == Duty.ORDER_ENTRY;
            boolean isAsked =
                    Pods.workload(subject, one).stream()
                            .flatMap(at -> Pods.containers(subject, at).stream())
                            .anyMatch(FirstToBeEvicted::asks);
            if (!isOrderEntry || isAsked) {
                continue;
            }
            subject.all(Container.class).stream()
                    .filter(other -> Pods.areTogether(one, other) && asks(other))
                    .findFirst()
                    .ifPresent(
                            other ->
                                    report.finding(
                                                    one.place(),
                                                    "%s has no resources, so a full node evicts it before %s"
                                                            .formatted(one.name(), other.name()))
                                            .about(one)
                                            .also(other.place(), "one that has them")
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
