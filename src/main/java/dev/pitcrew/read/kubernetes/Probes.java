package dev.pitcrew.read.kubernetes;

import static dev.pitcrew.read.kubernetes.KubeObject.value;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container.HealthCheck;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import dev.pitcrew.read.yaml.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what the kubelet asks a container.
final class Probes {
    private Probes() {}

    /// The probes of a container.
    static List<HealthCheck> of(Mapping one) {
        var checks = new ArrayList<HealthCheck>();
        for (String kind : List.of("liveness", "readiness", "startup")) {
            one.at(kind + "Probe")
                    .filter(Mapping.class::isInstance)
                    .ifPresent(
                            probe ->
                                    checks.add(
                                            new HealthCheck(
                                                    probe.place(),
                                                    kind,
                                                    test(probe),
                                                    seconds(probe, "periodSeconds"),
                                                    seconds(probe, "timeoutSeconds"),
                                                    value(
                                                                    probe,
                                                                    Quantities::whole,
                                                                    "failureThreshold")
                                                            .map(Located::value))));
        }
        return checks;
    }

    private static Optional<Duration> seconds(Node probe, String key) {
        return value(probe, Quantities::whole, key).map(one -> Duration.ofSeconds(one.value()));
    }

    /// What a probe or a hook does, in words.
    static String test(Node probe) {
        if (probe.at("exec", "command").orElse(null) instanceof Sequence list) {
            return String.join(
                    " ",
                    list.items().stream()
                            .filter(Scalar.class::isInstance)
                            .map(word -> ((Scalar) word).text())
                            .toList());
        }
        if (probe.at("httpGet").isPresent()) {
            return "GET "
                    + PodMaker.raw(probe, "httpGet", "path")
                    + ":"
                    + PodMaker.raw(probe, "httpGet", "port");
        }
        return probe.at("tcpSocket").isPresent()
                ? "TCP :" + PodMaker.raw(probe, "tcpSocket", "port")
                : "as the image says";
    }
}
