package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Survey;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The port of a pod in the URL of its Service, or none at all.
public final class ServiceOnAnotherPort implements Check {
    private static final Id ID =
            new Id(
                    "SYS-008",
                    "service-on-another-port",
                    Severity.HIGH,
                    "A pod calls a Service on a port that the Service does not have");

    private static final Function<Survey, Map<String, List<Endpoint>>> BY_NAME =
            ServiceOnAnotherPort::byName;

    private static Map<String, List<Endpoint>> byName(Survey survey) {
        return survey.all(Endpoint.class).stream().collect(Collectors.groupingBy(Endpoint::name));
    }

    private static boolean isMeant(Endpoint endpoint, Container from, String host) {
        String[] parts = host.split("\\.", -1);
        boolean isFull = host.endsWith(".svc") || host.endsWith(".svc.cluster.local");
        boolean isShort = parts.length == 1 || (parts.length == 2 && !isFull);
        String namespace = parts.length > 1 ? parts[1] : Pods.namespace(from);
        return (isFull || isShort)
                && endpoint.name().equals(parts[0])
                && Pods.mayBeSame(endpoint.namespace(), namespace);
    }

    private static String first(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }

    private static boolean has(Endpoint endpoint, int port) {
        // A headless Service leads straight to the pods, so the pod's port is right there.
        return endpoint.kind().equals("ExternalName")
                || endpoint.ports().stream()
                        .anyMatch(
                                at ->
                                        at.number() == port
                                                || (at.number() == 0)
                                                || (endpoint.kind().equals("Headless")
                                                        && at.target()
                                                                .equals(Integer.toString(port))));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            if (!one.format().equals("kubernetes")) {
                continue;
            }
            for (Address address : Address.of(one)) {
                var meant =
                        subject
                                .survey()
                                .once(BY_NAME)
                                .getOrDefault(first(address.host()), List.of())
                                .stream()
                                .filter(at -> isMeant(at, one, address.host()))
                                .filter(at -> !at.ports().isEmpty())
                                .toList();
                boolean isReached =
                        address.port() == 0
                                || meant.isEmpty()
                                || meant.stream().anyMatch(at -> has(at, address.port()));
                if (!isReached) {
                    var endpoint = meant.getFirst();
                    report.finding(
                                    address.place(),
                                    "%s calls %s on port %d; the Service has %d"
                                            .formatted(
                                                    one.name(),
                                                    endpoint.name(),
                                                    address.port(),
                                                    endpoint.ports().getFirst().number()))
                            .about(one)
                            .also(endpoint.ports().getFirst().place(), "the Service's port");
                }
            }
        }
    }
}
