package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.proxy.Routes;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Target;

/// The proxy passes requests to a port that the container does not open.
final class ProxyToTheWrongPort implements Check {
    private static final Id ID =
            new Id(
                    "SYS-053",
                    "proxy-to-the-wrong-port",
                    Severity.HIGH,
                    "The proxy passes requests to a port that the container does not open");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        Routes.targets(subject)
                .forEach(
                        (place, target) ->
                                Hosts.named(Hosts.mounting(subject, place), target.host())
                                        .ifPresent(
                                                container ->
                                                        look(report, place, target, container)));
    }

    private static void look(Report report, Place place, Target target, Container container) {
        var ports = container.ports().stream().filter(one -> one.inside() != 0).toList();
        int asked = target.port() == 0 ? 80 : target.port();
        if (ports.isEmpty() || ports.stream().anyMatch(one -> one.inside() == asked)) {
            return;
        }
        boolean isHostPort =
                ports.stream()
                        .flatMap(one -> one.host().stream())
                        .anyMatch(one -> one.port() == asked);
        report.finding(
                        place,
                        isHostPort
                                ? "%s listens on %s inside the network; %d is the port on the host"
                                        .formatted(target.host(), ports.getFirst().inside(), asked)
                                : "%s opens port %s, and requests go to %d"
                                        .formatted(target.host(), ports.getFirst().inside(), asked))
                .also(ports.getFirst().place(), "the port that it opens")
                .confidence(isHostPort ? Confidence.HIGH : Confidence.LOW)
                .about(container);
    }
}
