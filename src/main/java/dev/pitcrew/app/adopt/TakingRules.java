package dev.pitcrew.app.adopt;

import dev.pitcrew.app.adopt.Adoption.OfService;
import dev.pitcrew.app.adopt.Obstacle.Kind;
import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which containers of a service can be taken over as they run, and what to know before. Pure.
final class TakingRules {
    private static final String HTTP = "http";

    private TakingRules() {}

    /// Why they can't be taken over; empty when they can.
    ///
    /// @param living its containers of which something lives, one at least
    static Optional<String> objection(Service service, List<Found> living) {
        return living.stream()
                .filter(one -> !one.container().state().status().equals("running"))
                .map(one -> "%s is %s".formatted(one.name(), one.container().state().status()))
                .findFirst()
                .or(() -> number(service, living))
                .or(() -> images(living))
                .or(() -> elsewhere(living.getFirst()))
                .or(() -> readiness(service, living.getFirst().container()))
                .or(() -> reach(service, living));
    }

    private static Optional<String> number(Service service, List<Found> living) {
        if (service.singleActive().isPresent() && living.size() > 1) {
            return Optional.of(
                    "%d containers run, and only one may be active; end what is not"
                            .formatted(living.size()));
        }
        return living.size() <= service.replicas()
                ? Optional.empty()
                : Optional.of(
                        "%d containers run, and with replicas: %d Pitcrew would end what is too many; say replicas: %d"
                                .formatted(living.size(), service.replicas(), living.size()));
    }

    private static Optional<String> images(List<Found> living) {
        return living.stream().map(one -> one.container().imageId()).distinct().count() == 1
                ? Optional.empty()
                : Optional.of("its containers run different images, which is no one version");
    }

    /// The next instance of that image may be started on any host.
    private static Optional<String> elsewhere(Found one) {
        return one.without().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "its image is not on %s, where another instance of it may have to start; `docker save` and `docker load` bring it there"
                                .formatted(String.join(" and ", one.without())));
    }

    /// The health check that counts is the one that the container was made with.
    private static Optional<String> readiness(Service service, Container one) {
        return service.probe(ProbeName.READY).isPresent() || one.health().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "nobody can tell whether it is ready: it has no health check, and pitcrew.yaml no probe ready");
    }

    private static Optional<String> reach(Service service, List<Found> living) {
        if (!service.ports().containsKey(HTTP) || !isAsked(service)) {
            return Optional.empty();
        }
        return living.stream()
                .filter(one -> !ports(service, one).containsKey(HTTP))
                .map(
                        one ->
                                "%s is not reached from this host: its port %d is not published%s, and that can't be changed while it runs"
                                        .formatted(
                                                one.name(),
                                                inside(service).getOrDefault(HTTP, 0),
                                                one.host().isEmpty() ? "" : " at " + one.address()))
                .findFirst();
    }

    private static boolean isAsked(Service service) {
        return service.takesTraffic()
                || !service.hooks().isEmpty()
                || service.probes().byName().values().stream()
                        .anyMatch(
                                one ->
                                        one instanceof Probe.HttpProbe
                                                || one instanceof Probe.MetricProbe);
    }

    /// Where on the host it listens, by the names of the service's ports.
    static Map<String, Integer> ports(Service service, Found one) {
        return Published.ports(one.container(), inside(service), one.address());
    }

    private static Map<String, Integer> inside(Service service) {
        return service.container().map(ContainerSpec::ports).orElse(Map.of());
    }

    /// What to know before it is taken over.
    static List<String> notes(Service service, OfService declared, List<Found> living) {
        var notes = new ArrayList<String>();
        if (living.size() < service.replicas()) {
            notes.add(
                    "%d of %d run, so Pitcrew starts %d more"
                            .formatted(
                                    living.size(),
                                    service.replicas(),
                                    service.replicas() - living.size()));
        }
        for (Found one : living) {
            if (one.container().state().health().equals("unhealthy")) {
                notes.add(one.name() + " is unhealthy by its own check");
            }
        }
        declared.obstacles().stream()
                .filter(one -> one.kind() == Kind.SOURCE_MOUNT)
                .forEach(one -> notes.add(one.message()));
        declared.differences().stream()
                .filter(one -> one.aspect() != Difference.Aspect.REPLICAS)
                .forEach(
                        one ->
                                notes.add(
                                        "%s %s%s is not as the files say; the next version is"
                                                .formatted(
                                                        one.container(),
                                                        Words.of(one.aspect()),
                                                        one.name().isEmpty()
                                                                ? ""
                                                                : " " + one.name())
                                                .strip()));
        return notes;
    }
}
