package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Selections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A target port by a name that nobody has.
public final class TargetPortOfNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-007",
                    "target-port-of-nobody",
                    Severity.HIGH,
                    "A Service passes calls to a port that no container of its pods has");

    private static boolean has(List<Container> containers, String target) {
        return containers.stream()
                .anyMatch(
                        one ->
                                one.ports().stream()
                                                .anyMatch(
                                                        at ->
                                                                at.text().equals(target)
                                                                        || Integer.toString(
                                                                                        at.inside())
                                                                                .equals(target))
                                        || Stream.of(one.command(), one.entrypoint())
                                                .flatMap(List::stream)
                                                .anyMatch(at -> at.value().contains(target))
                                        || one.environment().stream()
                                                .flatMap(at -> at.value().stream())
                                                .anyMatch(at -> at.value().contains(target)));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Endpoint endpoint : subject.all(Endpoint.class)) {
            var containers =
                    Selections.of(subject.survey()).selected(endpoint).stream()
                            .collect(
                                    Collectors.toMap(
                                            at -> List.of(at.unit(), at.namespace()),
                                            at -> at,
                                            (one, _) -> one,
                                            LinkedHashMap::new))
                            .values()
                            .stream()
                            .flatMap(at -> Pods.containers(subject, at).stream())
                            .toList();
            boolean isSaid =
                    !containers.isEmpty()
                            && containers.stream().noneMatch(at -> at.ports().isEmpty());
            for (Endpoint.Port port : endpoint.ports()) {
                String target = port.target();
                if (isSaid
                        && !target.equals("0")
                        && Pods.isKnown(target)
                        && !has(containers, target)) {
                    boolean isName = !target.matches("[0-9]+");
                    report.finding(
                                    port.place(),
                                    "%s passes calls to port %s, which %s does not have"
                                            .formatted(
                                                    endpoint.name(),
                                                    target,
                                                    containers.getFirst().name()))
                            .about(containers.getFirst())
                            .also(containers.getFirst().ports().getFirst().place(), "its ports")
                            .confidence(isName ? Confidence.HIGH : Confidence.MEDIUM);
                }
            }
        }
    }
}
