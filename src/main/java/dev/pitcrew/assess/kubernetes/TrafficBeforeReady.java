package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Endpoint;

/// No readiness probe behind a Service.
public final class TrafficBeforeReady implements Check {
    private static final Id ID =
            new Id(
                    "K8S-002",
                    "traffic-before-ready",
                    Severity.MEDIUM,
                    "A process of the order path gets requests before it says that it is ready");

    private static boolean takesRequests(Endpoint endpoint) {
        return endpoint.ports().stream().anyMatch(port -> !port.name().contains("metric"));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            var workload = Pods.workload(subject, one);
            boolean isReadied =
                    workload.stream()
                            .flatMap(at -> Pods.containers(subject, at).stream())
                            .flatMap(at -> at.healthChecks().stream())
                            .anyMatch(at -> !at.kind().equals("liveness"));
            if (!subject.duty(one).isOrderPath() || isReadied) {
                continue;
            }
            Pods.endpoints(subject, one).stream()
                    .filter(TrafficBeforeReady::takesRequests)
                    .findFirst()
                    .ifPresent(
                            endpoint ->
                                    report.finding(
                                                    one.place(),
                                                    "%s has no readiness probe, so %s sends it requests as soon as its process exists"
                                                            .formatted(one.name(), endpoint.name()))
                                            .about(one)
                                            .also(endpoint.place(), "the Service")
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
