package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.fix.Change.Append;
import dev.pitcrew.assess.fix.Change.RemoveDocument;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.ReplaceEntry;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.UnitLine;
import dev.pitcrew.assess.fix.Change.Within;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fixes of how many copies run, how they follow each other and how they are reached: Kubernetes, and stacks of Compose where both have the word.
final class ClusterFixes {
    private static final int DRAIN_MARGIN_SECONDS = 15;

    static final Map<String, Fixer> ALL =
            Map.ofEntries(
                    Map.entry("K8S-001", when("GET \\S*:(\\w+)", ClusterFixes::alive)),
                    Map.entry("K8S-002", always(ClusterFixes::ready)),
                    Map.entry("K8S-004", always(ClusterFixes::mayGo)),
                    Map.entry("K8S-005", always(ClusterFixes::oneAtATime)),
                    Map.entry("K8S-006", always(ClusterFixes::selected)),
                    Map.entry(
                            "K8S-007", when("is a (LoadBalancer|NodePort)", ClusterFixes::inside)),
                    Map.entry("TRD-001", when("^([0-9]+) copies", ClusterFixes::oneCopy)),
                    Map.entry("TRD-015", when("^([0-9]+) copies", ClusterFixes::oneCopy)),
                    Map.entry("TRD-002", always(ClusterFixes::notScaled)),
                    Map.entry("TRD-003", always(ClusterFixes::stopFirst)),
                    Map.entry(
                            "TRD-004",
                            when("takes up to ([0-9]+) s to drain", ClusterFixes::timeToDrain)),
                    Map.entry("TRD-011", always(ClusterFixes::once)),
                    Map.entry("TRD-012", always(ClusterFixes::notTwice)));

    private ClusterFixes() {}

    private static List<Fix> alive(Said said) {
        return List.of(
                Fix.behaviour(
                        "Kubernetes restarts it when nothing listens on port %s any more, and not because a venue or store is away."
                                .formatted(said.word(1)),
                        new ReplaceEntry(
                                said.place(),
                                Within.CONTAINER,
                                List.of("livenessProbe", "httpGet"),
                                "tcpSocket",
                                "{port: " + said.word(1) + "}")));
    }

    private static List<Fix> ready(Said said) {
        return endpoint(said).stream()
                .flatMap(service -> service.ports().stream().limit(1))
                .map(Endpoint.Port::target)
                .filter(target -> target.matches("[1-9][0-9]*"))
                .map(
                        target ->
                                Fix.behaviour(
                                        "It gets requests once something listens on port %s, and none while nothing does."
                                                .formatted(target),
                                        new SetKey(
                                                said.place(),
                                                Within.CONTAINER,
                                                List.of("readinessProbe"),
                                                "{tcpSocket: {port: " + target + "}}",
                                                "")))
                .toList();
    }

    private static List<Fix> mayGo(Said said) {
        String effect = "A drain of a node takes one pod at a time.";
        return List.of(
                Fix.behaviour(
                        effect,
                        new ReplaceEntry(
                                said.place(),
                                Within.OBJECT,
                                List.of("spec", "minAvailable"),
                                "maxUnavailable",
                                "1")),
                Fix.behaviour(effect, new Replace(said.place(), "0", "1")));
    }

    private static List<Fix> oneAtATime(Said said) {
        return said.all(Workload.class).stream()
                .filter(
                        one ->
                                one.replicas()
                                        .map(Located::place)
                                        .filter(said.place()::equals)
                                        .isPresent())
                .filter(one -> !one.selector().isEmpty())
                .map(
                        one -> {
                            String namespace =
                                    one.namespace().isEmpty()
                                            ? ""
                                            : ", namespace: " + one.namespace();
                            return Fix.safe(
                                    "A drain of a node takes one pod of %s at a time and waits for the next to be ready."
                                            .formatted(one.name()),
                                    new Append(
                                            said.place(),
                                            List.of(
                                                    "---",
                                                    "apiVersion: policy/v1",
                                                    "kind: PodDisruptionBudget",
                                                    "metadata: {name: %s%s}"
                                                            .formatted(one.name(), namespace),
                                                    "spec:",
                                                    "  maxUnavailable: 1",
                                                    "  selector: {matchLabels: %s}"
                                                            .formatted(flow(one.selector())))));
                        })
                .toList();
    }

    private static List<Fix> selected(Said said) {
        return said.related("seem to be meant")
                .flatMap(
                        at ->
                                said.all(Workload.class).stream()
                                        .filter(one -> one.place().equals(at))
                                        .findFirst())
                .filter(one -> !one.selector().isEmpty())
                .map(
                        one ->
                                List.of(
                                        said.byDuty(
                                                "Calls to the Service reach %s."
                                                        .formatted(one.name()),
                                                new SetKey(
                                                        said.place(),
                                                        Within.OBJECT,
                                                        List.of("spec", "selector"),
                                                        flow(one.selector()),
                                                        ""))))
                .orElse(List.of());
    }

    private static String flow(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(
                                one ->
                                        one.getKey()
                                                + ": "
                                                + (one.getValue().matches("[A-Za-z][\\w.-]*")
                                                        ? one.getValue()
                                                        : "\"" + one.getValue() + "\""))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static List<Fix> inside(Said said) {
        return List.of(
                Fix.behaviour(
                        "It is reached from inside the cluster only; who comes from outside needs another way in.",
                        new SetKey(
                                said.place(),
                                Within.OBJECT,
                                List.of("spec", "type"),
                                "ClusterIP",
                                "")));
    }

    private static List<Fix> oneCopy(Said said) {
        boolean haveNames =
                said.all(Workload.class).stream()
                        .filter(one -> one.kind().equals("StatefulSet"))
                        .flatMap(one -> one.replicas().stream())
                        .anyMatch(count -> count.place().equals(said.place()));
        if (haveNames) {
            return List.of(); // each copy may have a part of the orders
        }
        return List.of(
                Fix.behaviour(
                        "One copy runs instead of %s; the others are stopped."
                                .formatted(said.word(1)),
                        new Replace(said.place(), said.word(1), "1")));
    }

    private static List<Fix> notScaled(Said said) {
        return List.of(
                Fix.behaviour(
                        "The autoscaler is gone, and as many copies run as the workload itself says.",
                        new RemoveDocument(said.place())));
    }

    private static List<Fix> stopFirst(Said said) {
        String effect =
                "An update stops the old one before it starts the new one: nothing is sent in between.";
        return List.of(
                Fix.behaviour(effect, new Replace(said.place(), "start-first", "stop-first")),
                Fix.behaviour(
                        effect,
                        new SetKey(
                                said.place(),
                                Within.OBJECT,
                                List.of("spec", "strategy"),
                                "{type: Recreate}",
                                "selector")));
    }

    private static List<Fix> timeToDrain(Said said) {
        int seconds = Integer.parseInt(said.word(1)) + DRAIN_MARGIN_SECONDS;
        String effect =
                "A stop waits up to %d s for the drain before it kills; an update takes longer by that."
                        .formatted(seconds);
        var fixes = new ArrayList<Fix>();
        String format = said.container().map(Container::format).orElse("");
        if (format.equals("kubernetes")) {
            fixes.add(
                    Fix.safe(
                            effect,
                            new SetKey(
                                    said.place(),
                                    Within.POD,
                                    List.of("terminationGracePeriodSeconds"),
                                    Integer.toString(seconds),
                                    "containers")));
        } else if (format.equals("compose")) {
            fixes.add(
                    Fix.safe(
                            effect,
                            new SetKey(
                                    said.place(),
                                    Within.SERVICE,
                                    List.of("stop_grace_period"),
                                    seconds + "s",
                                    "")));
        } else if (said.place().file().endsWith(".service")) {
            fixes.add(
                    Fix.safe(
                            effect,
                            new UnitLine(
                                    said.place(),
                                    "Service",
                                    "TimeoutStopSec",
                                    Integer.toString(seconds))));
        }
        return fixes;
    }

    private static Optional<Workload> workload(Said said) {
        return said.all(Workload.class).stream()
                .filter(one -> one.place().equals(said.place()))
                .findFirst();
    }

    private static List<Fix> once(Said said) {
        return workload(said).stream()
                .flatMap(
                        one ->
                                Stream.of(
                                        Fix.behaviour(
                                                "A run that failed is not repeated; somebody looks at what it sent.",
                                                new SetKey(
                                                        said.place(),
                                                        Within.OBJECT,
                                                        one.kind().equals("CronJob")
                                                                ? List.of(
                                                                        "spec",
                                                                        "jobTemplate",
                                                                        "spec",
                                                                        "backoffLimit")
                                                                : List.of("spec", "backoffLimit"),
                                                        "0",
                                                        "template"))))
                .toList();
    }

    private static List<Fix> notTwice(Said said) {
        return List.of(
                Fix.behaviour(
                        "A run that is due while the one before is still at it is left out.",
                        new SetKey(
                                said.place(),
                                Within.OBJECT,
                                List.of("spec", "concurrencyPolicy"),
                                "Forbid",
                                "jobTemplate")));
    }

    private static Optional<Endpoint> endpoint(Said said) {
        return said.related("the Service")
                .flatMap(
                        at ->
                                said.all(Endpoint.class).stream()
                                        .filter(one -> one.place().equals(at))
                                        .findFirst());
    }
}
