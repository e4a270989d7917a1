package dev.pitcrew.read.kubernetes;

import static dev.pitcrew.read.kubernetes.KubeObject.items;
import static dev.pitcrew.read.kubernetes.KubeObject.pairs;
import static dev.pitcrew.read.kubernetes.KubeObject.text;
import static dev.pitcrew.read.kubernetes.KubeObject.value;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.PortUse;
import dev.pitcrew.model.infra.Container.UpdateKind;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.model.infra.Workload;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Quantities;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says what an object with pods is: the workload and its containers.
///
/// @param object a Deployment, StatefulSet, Job, …
/// @param spec of its pods
/// @param template the pods' metadata stands in
/// @param group the overlay, chart or folder that it is applied with
/// @param configs data of ConfigMaps by name, for `envFrom` and `valueFrom`
record PodMaker(
        KubeObject object,
        Mapping spec,
        Node template,
        String group,
        Map<String, Mapping> configs) {
    static final String FORMAT = "kubernetes";
    private static final Set<String> SETTINGS =
            Set.of(
                    "backoffLimit",
                    "concurrencyPolicy",
                    "schedule",
                    "timeZone",
                    "suspend",
                    "startingDeadlineSeconds",
                    "activeDeadlineSeconds",
                    "serviceName",
                    "minReadySeconds");

    static Optional<PodMaker> of(KubeObject object, Map<String, Mapping> configs, String group) {
        Node tree = object.tree();
        Optional<Node> template =
                switch (object.kind()) {
                    case "Deployment",
                            "StatefulSet",
                            "DaemonSet",
                            "ReplicaSet",
                            "Job",
                            "Rollout",
                            "ReplicationController" ->
                            tree.at("spec", "template");
                    case "CronJob" -> tree.at("spec", "jobTemplate", "spec", "template");
                    case "Pod" -> Optional.of(tree);
                    default -> Optional.empty();
                };
        return template.flatMap(
                at ->
                        at.at("spec")
                                .filter(Mapping.class::isInstance)
                                .map(
                                        spec ->
                                                new PodMaker(
                                                        object,
                                                        (Mapping) spec,
                                                        at,
                                                        group,
                                                        configs)));
    }

    void leave(Found found) {
        found.fact(workload());
        for (Node one : items(spec, "containers")) {
            if (one instanceof Mapping container) {
                found.fact(container(container));
            }
        }
    }

    private Workload workload() {
        Node tree = object.tree();
        return new Workload(
                FORMAT,
                object.unit(),
                object.kind(),
                object.name(),
                object.namespace(),
                object.place(),
                value(tree, Quantities::whole, "spec", "replicas"),
                text(tree, "spec", "strategy", "type")
                        .or(() -> text(tree, "spec", "updateStrategy", "type")),
                text(tree, "spec", "strategy", "rollingUpdate", "maxSurge"),
                pairs(template, "metadata", "labels"),
                pairs(tree, "spec", "selector", "matchLabels"),
                settings());
    }

    private List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        Node tree = object.tree();
        var from = new ArrayList<>(tree.entriesAt("spec"));
        from.addAll(tree.entriesAt("spec", "jobTemplate", "spec"));
        for (Entry entry : from) {
            if (SETTINGS.contains(entry.name()) && entry.value() instanceof Scalar one) {
                settings.add(setting(entry.name(), entry.key().place(), one.text(), one.place()));
            }
        }
        text(spec, "restartPolicy")
                .ifPresent(
                        one ->
                                settings.add(
                                        setting(
                                                "restartPolicy",
                                                one.place(),
                                                one.value(),
                                                one.place())));
        spec.at("affinity", "podAntiAffinity")
                .or(() -> spec.at("topologySpreadConstraints"))
                .ifPresent(one -> settings.add(setting("spread", one.place(), "yes", one.place())));
        for (Node claim : items(tree, "spec", "volumeClaimTemplates")) {
            text(claim, "metadata", "name")
                    .ifPresent(
                            one ->
                                    settings.add(
                                            setting(
                                                    "volumeClaim",
                                                    one.place(),
                                                    one.value(),
                                                    one.place())));
        }
        return settings;
    }

    private static Setting setting(String name, Place place, String value, Place at) {
        return new Setting(FORMAT, name, place, new Located<>(value, at));
    }

    private Container container(Mapping one) {
        return new Container(
                FORMAT,
                object.unit(),
                name(one),
                one.scalarAt("name").map(Node::place).orElse(one.place()),
                one.scalarAt("image").map(at -> new Located<>(at.text(), at.place())),
                Optional.empty(),
                words(one, "command"),
                words(one, "args"),
                new PodEnvironment(configs).of(one),
                ports(one),
                PodMounts.of(one, items(spec, "volumes")),
                Probes.of(one),
                value(spec, Quantities::time, "terminationGracePeriodSeconds"),
                text(spec, "restartPolicy")
                        .map(
                                at ->
                                        at.as(
                                                at.value().equals("Never")
                                                        ? "no"
                                                        : at.value().equals("OnFailure")
                                                                ? "on-failure"
                                                                : "always")),
                value(object.tree(), Quantities::whole, "spec", "replicas"),
                update(),
                value(one, Quantities::kubernetesSize, "resources", "limits", "memory"),
                value(one, Quantities::number, "resources", "limits", "cpu"),
                text(one, "securityContext", "runAsUser")
                        .or(() -> text(spec, "securityContext", "runAsUser")),
                traits(one),
                List.of(),
                List.of(),
                List.of(),
                labels());
    }

    /// A pod of one container goes by the workload's name, which is what people call it.
    private String name(Mapping one) {
        String own = one.scalarAt("name").map(Scalar::text).orElse(object.name());
        return items(spec, "containers").size() == 1
                        && !YamlTree.isUnknown(object.name())
                        && !object.name().isEmpty()
                ? object.name()
                : YamlTree.isUnknown(own) ? object.name() : own;
    }

    private static List<Located<String>> words(Mapping one, String key) {
        return one.scalarsAt(key).stream()
                .map(word -> new Located<>(word.text(), word.place()))
                .toList();
    }

    private static List<PortUse> ports(Mapping one) {
        var ports = new ArrayList<PortUse>();
        for (Node item : items(one, "ports")) {
            int inside =
                    value(item, Quantities::whole, "containerPort")
                            .map(Located::value)
                            .filter(n -> n > 0 && n < 65536)
                            .orElse(0);
            var host =
                    value(item, Quantities::whole, "hostPort")
                            .map(
                                    at ->
                                            new Container.HostPort(
                                                    text(item, "hostIP")
                                                            .map(Located::value)
                                                            .orElse("0.0.0.0"),
                                                    at.value()));
            ports.add(
                    new PortUse(
                            item.place(),
                            host,
                            inside,
                            text(item, "protocol").map(Located::value).orElse("TCP").equals("UDP")
                                    ? "udp"
                                    : "tcp",
                            text(item, "name")
                                    .map(Located::value)
                                    .orElse(Integer.toString(inside))));
        }
        return ports;
    }

    static String raw(Node node, String... path) {
        return node.scalarAt(path).map(Scalar::text).orElse("");
    }

    private Optional<Located<UpdateKind>> update() {
        Node tree = object.tree();
        var type = text(tree, "spec", "strategy", "type");
        var surge = text(tree, "spec", "strategy", "rollingUpdate", "maxSurge");
        if (object.kind().equals("StatefulSet")) {
            return Optional.of(new Located<>(UpdateKind.STOP_FIRST, object.place()));
        }
        if (!object.kind().equals("Deployment")
                || tree.scalarAt("spec", "strategy", "type")
                        .filter(one -> YamlTree.isUnknown(one.text()))
                        .isPresent()) {
            return Optional.empty();
        }
        if (type.filter(one -> one.value().equals("Recreate")).isPresent()
                || surge.filter(one -> one.value().matches("0%?")).isPresent()) {
            return Optional.of(
                    new Located<>(
                            UpdateKind.STOP_FIRST,
                            type.or(() -> surge).map(Located::place).orElse(object.place())));
        }
        return Optional.of(
                new Located<>(
                        UpdateKind.START_FIRST, type.map(Located::place).orElse(object.place())));
    }

    private List<Located<String>> traits(Mapping one) {
        var traits = new ArrayList<Located<String>>();
        flag(one, traits, "privileged", "securityContext", "privileged");
        flag(one, traits, "read-only", "securityContext", "readOnlyRootFilesystem");
        flag(spec, traits, "host-network", "hostNetwork");
        flag(spec, traits, "host-pid", "hostPID");
        text(one, "securityContext", "allowPrivilegeEscalation")
                .filter(at -> at.value().equals("false"))
                .ifPresent(at -> traits.add(at.as("no-new-privileges")));
        one.scalarsAt("securityContext", "capabilities", "add")
                .forEach(cap -> traits.add(new Located<>("cap-add:" + cap.text(), cap.place())));
        text(one, "imagePullPolicy")
                .ifPresent(at -> traits.add(at.as("pull:" + at.value().toLowerCase(Locale.ROOT))));
        text(spec, "priorityClassName")
                .ifPresent(at -> traits.add(at.as("priority:" + at.value())));
        one.at("lifecycle", "preStop")
                .ifPresent(
                        at -> traits.add(new Located<>("pre-stop:" + Probes.test(at), at.place())));
        traits.add(new Located<>("set:" + group, object.place()));
        if (!object.namespace().isEmpty()) {
            traits.add(new Located<>("namespace:" + object.namespace(), object.place()));
        }
        one.at("resources")
                .filter(PodMaker::asks)
                .ifPresent(at -> traits.add(new Located<>(resources(at), at.place())));
        return traits;
    }

    /// `resources: {}`, as exported manifests have it, asks for nothing.
    private static boolean asks(Node resources) {
        return resources instanceof Scalar
                || resources.at("requests").isPresent()
                || resources.at("limits").isPresent();
    }

    private static String resources(Node at) {
        return at instanceof Scalar
                ? "resources:unknown"
                : at.at("requests").isPresent() ? "resources:requests" : "resources:limits";
    }

    private static void flag(Node node, List<Located<String>> traits, String name, String... path) {
        text(node, path)
                .filter(at -> at.value().equals("true"))
                .ifPresent(at -> traits.add(at.as(name)));
    }

    private List<Located<String>> labels() {
        var labels = new ArrayList<Located<String>>();
        for (Node from : List.of(object.tree(), template)) {
            for (String key : List.of("labels", "annotations")) {
                for (Entry entry : from.entriesAt("metadata", key)) {
                    if (entry.value() instanceof Scalar one) {
                        labels.add(
                                new Located<>(
                                        entry.name() + "=" + one.text(), entry.key().place()));
                    }
                }
            }
        }
        return labels.stream().distinct().toList();
    }
}
