package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.DisruptionLimit;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Workload;

/// Three copies, and nothing that keeps two of them.
public final class DrainTakesTheQuorum implements Check {
    private static final Id ID =
            new Id(
                    "K8S-005",
                    "drain-takes-the-quorum",
                    Severity.MEDIUM,
                    "A drain of nodes may take the majority of a store or broker at once");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Workload workload : subject.all(Workload.class)) {
            var copies = workload.replicas().filter(at -> at.value() >= 3);
            var stores =
                    Pods.containers(subject, workload).stream()
                            .filter(
                                    one ->
                                            subject.duty(one) == Duty.STORE
                                                    || subject.duty(one) == Duty.QUEUE)
                            .findFirst();
            boolean isLimited =
                    subject.all(DisruptionLimit.class).stream()
                            .filter(at -> Pods.mayBeSame(at.namespace(), workload.namespace()))
                            .anyMatch(
                                    at ->
                                            !Pods.isKnown(at.selector())
                                                    || workload.labels()
                                                            .entrySet()
                                                            .containsAll(at.selector().entrySet()));
            boolean isOwn =
                    workload.kind().equals("StatefulSet") && Pods.isKnown(workload.labels());
            if (isOwn && copies.isPresent() && stores.isPresent() && !isLimited) {
                report.finding(
                                copies.get().place(),
                                "nothing keeps a drain from taking two of the %d copies of %s at once"
                                        .formatted(copies.get().value(), workload.name()))
                        .about(stores.get())
                        .confidence(Confidence.MEDIUM);
            }
        }
    }
}
