package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Selections;
import dev.pitcrew.model.infra.Workload;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Service without pods takes calls and answers none.
public final class ServiceOfNobody implements Check {
    private static final Id ID =
            new Id(
                    "K8S-006",
                    "service-of-nobody",
                    Severity.HIGH,
                    "A Service selects labels that the pods beside it do not have");

    private static final Pattern SET_LATER =
            Pattern.compile("(.*[-/.])?role|(?!([a-z0-9-]+\\.)*(kubernetes|k8s)\\.io/).+\\..+/.+");

    /// The workload that must be meant: it has the name of the Service, or stands in its file alone.
    private static Optional<Workload> meant(Endpoint endpoint, List<Workload> workloads) {
        var beside =
                workloads.stream()
                        .filter(at -> at.place().file().equals(endpoint.place().file()))
                        .toList();
        return workloads.stream()
                .filter(at -> at.name().equals(endpoint.name()))
                .findFirst()
                .or(() -> beside.size() == 1 ? Optional.of(beside.getFirst()) : Optional.empty());
    }

    private static boolean isWhole(Workload workload) {
        return !workload.labels().isEmpty()
                && !workload.selector().isEmpty()
                && Pods.isKnown(workload.labels())
                && workload.labels().entrySet().containsAll(workload.selector().entrySet());
    }

    /// Whether the program that runs in the pods, or an operator, sets a label of the selector: `role: replica`,
    /// `cnpg.io/cluster`, where no pod here has it.
    private static boolean isSetLater(Endpoint endpoint, List<Workload> workloads) {
        return endpoint.selector().keySet().stream()
                .filter(SET_LATER.asMatchPredicate())
                .anyMatch(key -> workloads.stream().noneMatch(at -> at.labels().containsKey(key)));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Endpoint endpoint : subject.all(Endpoint.class)) {
            if (endpoint.selector().isEmpty()
                    || !Pods.isKnown(endpoint.selector())
                    || !Pods.isKnown(endpoint.name())) {
                continue;
            }
            var near =
                    subject.all(Workload.class).stream()
                            .filter(at -> Pods.mayBeSame(endpoint.namespace(), at.namespace()))
                            .toList();
            var meant = meant(endpoint, near).filter(ServiceOfNobody::isWhole);
            if (meant.isPresent()
                    && !isSetLater(endpoint, near)
                    && Selections.of(subject.survey()).selected(endpoint).isEmpty()) {
                var draft =
                        report.finding(
                                        endpoint.place(),
                                        "%s selects no pod: those of %s have other labels"
                                                .formatted(endpoint.name(), meant.get().name()))
                                .also(meant.get().place(), "the pods that seem to be meant")
                                .confidence(Confidence.MEDIUM);
                Pods.containers(subject, meant.get()).stream().findFirst().ifPresent(draft::about);
            }
        }
    }
}
