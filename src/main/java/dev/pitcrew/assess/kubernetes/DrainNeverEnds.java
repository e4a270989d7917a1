package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.DisruptionLimit;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Scaling;
import dev.pitcrew.model.infra.Workload;
import java.util.Optional;

/// Nothing may be unavailable, whatever there is.
public final class DrainNeverEnds implements Check {
    private static final Id ID =
            new Id(
                    "K8S-004",
                    "drain-never-ends",
                    Severity.MEDIUM,
                    "A disruption budget lets no pod go, so that no node can ever be drained");

    private static Optional<Located<String>> blocks(DisruptionLimit limit, Workload workload) {
        int replicas = workload.replicas().map(Located::value).orElse(1);
        var none = limit.unavailableMax().filter(at -> at.value().matches("0%?"));
        return none.or(
                () ->
                        limit.availableMin()
                                .filter(
                                        at ->
                                                at.value().equals("100%")
                                                        || (at.value().matches("[0-9]{1,6}")
                                                                && replicas > 1
                                                                && Integer.parseInt(at.value())
                                                                        >= replicas)));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (DisruptionLimit limit : subject.all(DisruptionLimit.class)) {
            for (Workload workload : subject.all(Workload.class)) {
                boolean isMeant =
                        !limit.selector().isEmpty()
                                && Pods.mayBeSame(limit.namespace(), workload.namespace())
                                && workload.labels()
                                        .entrySet()
                                        .containsAll(limit.selector().entrySet());
                if (!isMeant) {
                    continue;
                }
                var containers = Pods.containers(subject, workload);
                boolean isScaled =
                        subject.all(Scaling.class).stream()
                                .anyMatch(at -> at.target().equals(workload.unit()));
                // Whoever sends orders may be held in place on purpose.
                boolean isHeld =
                        containers.stream().anyMatch(at -> subject.duty(at) == Duty.ORDER_ENTRY);
                var block = blocks(limit, workload);
                if (!isHeld && !isScaled && block.isPresent()) {
                    var draft =
                            report.finding(
                                            block.get().place(),
                                            "%s lets none of the pods of %s go: the drain of a node never ends"
                                                    .formatted(limit.name(), workload.name()))
                                    .also(workload.place(), "the pods");
                    containers.stream().findFirst().ifPresent(draft::about);
                }
            }
        }
    }
}
