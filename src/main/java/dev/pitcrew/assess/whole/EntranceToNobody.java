package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Entrance;

/// A way in that ends in an error page.
public final class EntranceToNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-011",
                    "entrance-to-nobody",
                    Severity.MEDIUM,
                    "An Ingress leads to a port that its Service does not have");

    private static boolean has(Endpoint endpoint, String port) {
        return endpoint.kind().equals("ExternalName")
                || endpoint.ports().stream()
                        .anyMatch(
                                at ->
                                        at.name().equals(port)
                                                || Integer.toString(at.number()).equals(port)
                                                || at.number() == 0);
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Entrance entrance : subject.all(Entrance.class)) {
            for (Entrance.Backend backend : entrance.backends()) {
                var meant =
                        subject.all(Endpoint.class).stream()
                                .filter(at -> at.name().equals(backend.service()))
                                .filter(at -> Pods.mayBeSame(at.namespace(), entrance.namespace()))
                                .toList();
                boolean isSaid =
                        !backend.port().isEmpty()
                                && Pods.isKnown(backend.port())
                                && !meant.isEmpty();
                if (isSaid && meant.stream().noneMatch(at -> has(at, backend.port()))) {
                    report.finding(
                                    backend.place(),
                                    "%s%s leads to port %s of %s, which the Service does not have"
                                            .formatted(
                                                    backend.host(),
                                                    backend.path(),
                                                    backend.port(),
                                                    backend.service()))
                            .also(meant.getFirst().place(), "the Service");
                }
            }
        }
    }
}
