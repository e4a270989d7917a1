package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Entrance;
import java.util.Set;
import java.util.regex.Pattern;

/// A balancer, a port of every node or an Ingress in front of the executor.
public final class OrderEntryOpenToOutside implements Check {
    private static final Id ID =
            new Id(
                    "K8S-007",
                    "order-entry-open-to-outside",
                    Severity.HIGH,
                    "A service of the order path is reached from outside the cluster, and nothing there asks who it is");
    private static final Set<String> OUTSIDE = Set.of("LoadBalancer", "NodePort");
    private static final Pattern GUARD =
            Pattern.compile(
                    "(?i).*(auth|oauth|whitelist|allowlist|source-range|middlewares|client-ca|mtls|inbound-cidrs|scheme|class).*");

    private static final Pattern SORT = Pattern.compile("(?i).*(scheme|class)$");

    private static boolean isGuarded(Entrance entrance) {
        return entrance.annotations().entrySet().stream()
                .anyMatch(
                        one ->
                                GUARD.matcher(one.getKey()).matches()
                                        && (!SORT.matcher(one.getKey()).matches()
                                                || one.getValue().contains("internal")));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var open = subject.all(Entrance.class).stream().filter(at -> !isGuarded(at)).toList();
        for (Container one : subject.all(Container.class)) {
            if (!subject.duty(one).isOrderPath()) {
                continue;
            }
            for (Endpoint endpoint : Pods.endpoints(subject, one)) {
                if (OUTSIDE.contains(endpoint.kind()) && !endpoint.isInternal()) {
                    report.finding(
                                    endpoint.place(),
                                    "%s is a %s in front of %s, which is on the order path"
                                            .formatted(
                                                    endpoint.name(), endpoint.kind(), one.name()))
                            .about(one)
                            .also(one.place(), "what it leads to")
                            .confidence(Confidence.MEDIUM);
                }
                open.stream()
                        .filter(at -> Pods.mayBeSame(at.namespace(), endpoint.namespace()))
                        .flatMap(at -> at.backends().stream())
                        .filter(at -> at.service().equals(endpoint.name()))
                        .findFirst()
                        .ifPresent(
                                at ->
                                        report.finding(
                                                        at.place(),
                                                        "%s%s leads to %s, which is on the order path, without a login before it"
                                                                .formatted(
                                                                        at.host(),
                                                                        at.path(),
                                                                        one.name()))
                                                .about(one)
                                                .also(one.place(), "what it leads to")
                                                .confidence(Confidence.LOW));
            }
        }
    }
}
