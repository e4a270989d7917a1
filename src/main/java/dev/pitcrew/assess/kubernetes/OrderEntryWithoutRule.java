package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.TrafficRule;
import dev.pitcrew.model.infra.Workload;

/// Rules for the dashboard, none for the executor.
public final class OrderEntryWithoutRule implements Check {
    private static final Id ID =
            new Id(
                    "K8S-008",
                    "order-entry-without-rule",
                    Severity.MEDIUM,
                    "Network policies guard others in the namespace, but not the service that sends orders");

    private static boolean guards(TrafficRule rule, Workload workload) {
        return !Pods.isKnown(rule.selector())
                || workload.labels().entrySet().containsAll(rule.selector().entrySet());
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            var workload = Pods.workload(subject, one);
            if (workload.isEmpty() || subject.duty(one) != Duty.ORDER_ENTRY) {
                continue;
            }
            var rules =
                    subject.all(TrafficRule.class).stream()
                            .filter(at -> at.namespace().equals(workload.get().namespace()))
                            .filter(
                                    at ->
                                            at.directions().isEmpty()
                                                    || at.directions().contains("Ingress"))
                            .toList();
            if (!rules.isEmpty() && rules.stream().noneMatch(at -> guards(at, workload.get()))) {
                report.finding(
                                workload.get().place(),
                                "no network policy selects %s, though %s guards others there"
                                        .formatted(one.name(), rules.getFirst().name()))
                        .about(one)
                        .also(rules.getFirst().place(), "one that is there")
                        .confidence(Confidence.MEDIUM);
            }
        }
    }
}
