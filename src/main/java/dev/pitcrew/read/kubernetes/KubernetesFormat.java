package dev.pitcrew.read.kubernetes;

import static dev.pitcrew.read.kubernetes.KubeObject.items;
import static dev.pitcrew.read.kubernetes.KubeObject.pairs;
import static dev.pitcrew.read.kubernetes.KubeObject.text;
import static dev.pitcrew.read.kubernetes.KubeObject.value;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.DisruptionLimit;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Entrance;
import dev.pitcrew.model.infra.Entrance.Backend;
import dev.pitcrew.model.infra.Scaling;
import dev.pitcrew.model.infra.SecretSource;
import dev.pitcrew.model.infra.Storage;
import dev.pitcrew.model.infra.TrafficRule;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Quantities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Manifests of Kubernetes, with Kustomize and Helm.
public final class KubernetesFormat implements Format {
    private static final String NAME = PodMaker.FORMAT;
    private static final Pattern KIND = Pattern.compile("(?m)^ {0,4}kind: *[A-Z{\"']");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean claims(SourceFile file) {
        boolean isYaml = file.name().endsWith(".yaml") || file.name().endsWith(".yml");
        return isYaml
                && (Manifests.isKustomization(file)
                        || file.rendered().isPresent()
                        || (file.text().contains("apiVersion:")
                                && KIND.matcher(file.text()).find()));
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (var group : new Manifests(files, sources, found).groups()) {
            Map<String, Mapping> configs = configs(group.objects());
            for (KubeObject object : group.objects()) {
                PodMaker.of(object, configs, group.name())
                        .ifPresentOrElse(pods -> pods.leave(found), () -> other(object, found));
            }
        }
    }

    private static Map<String, Mapping> configs(List<KubeObject> objects) {
        var configs = new HashMap<String, Mapping>();
        for (KubeObject object : objects) {
            if (object.kind().equals("ConfigMap")
                    && object.tree().at("data").orElse(null) instanceof Mapping data) {
                configs.put(object.name(), data);
            }
        }
        return configs;
    }

    private static void other(KubeObject object, Found found) {
        switch (object.kind()) {
            case "Service" -> found.fact(endpoint(object));
            case "Ingress" -> found.fact(entrance(object));
            case "HorizontalPodAutoscaler", "ScaledObject" -> found.fact(scaling(object));
            case "PodDisruptionBudget" ->
                    found.fact(
                            new DisruptionLimit(
                                    NAME,
                                    object.name(),
                                    object.namespace(),
                                    object.place(),
                                    pairs(object.tree(), "spec", "selector", "matchLabels"),
                                    text(object.tree(), "spec", "minAvailable"),
                                    text(object.tree(), "spec", "maxUnavailable")));
            case "NetworkPolicy" ->
                    found.fact(
                            new TrafficRule(
                                    NAME,
                                    object.name(),
                                    object.namespace(),
                                    object.place(),
                                    pairs(object.tree(), "spec", "podSelector", "matchLabels"),
                                    object.tree().scalarsAt("spec", "policyTypes").stream()
                                            .map(Scalar::text)
                                            .toList()));
            case "ConfigMap", "Secret", "SealedSecret", "ExternalSecret" ->
                    found.fact(source(object));
            case "PersistentVolumeClaim" ->
                    found.fact(
                            new Storage(
                                    NAME,
                                    object.namespace(),
                                    object.name(),
                                    object.place(),
                                    text(object.tree(), "spec", "storageClassName")
                                            .map(Located::value)
                                            .orElse(""),
                                    false));
            default -> {}
        }
    }

    private static Endpoint endpoint(KubeObject object) {
        var ports = new ArrayList<Endpoint.Port>();
        for (Node port : items(object.tree(), "spec", "ports")) {
            int number = value(port, Quantities::whole, "port").map(Located::value).orElse(0);
            ports.add(
                    new Endpoint.Port(
                            port.place(),
                            text(port, "name").map(Located::value).orElse(""),
                            number,
                            port.scalarAt("targetPort")
                                    .map(Scalar::text)
                                    .orElse(Integer.toString(number))));
        }
        var annotations = pairs(object.tree(), "metadata", "annotations");
        boolean isInternal =
                annotations.entrySet().stream()
                        .anyMatch(
                                one ->
                                        one.getKey()
                                                        .toLowerCase(Locale.ROOT)
                                                        .matches(
                                                                ".*(internal|load-balancer-type|scheme).*")
                                                && one.getValue()
                                                        .toLowerCase(Locale.ROOT)
                                                        .matches(
                                                                "true|internal|0\\.0\\.0\\.0/0|.*internal.*"));
        return new Endpoint(
                NAME,
                object.name(),
                object.namespace(),
                object.place(),
                text(object.tree(), "spec", "clusterIP")
                        .filter(at -> at.value().equals("None"))
                        .map(_ -> "Headless")
                        .or(() -> text(object.tree(), "spec", "type").map(Located::value))
                        .orElse("ClusterIP"),
                pairs(object.tree(), "spec", "selector"),
                ports,
                isInternal || object.tree().at("spec", "loadBalancerSourceRanges").isPresent());
    }

    private static Entrance entrance(KubeObject object) {
        var backends = new ArrayList<Backend>();
        for (Node rule : items(object.tree(), "spec", "rules")) {
            String host = text(rule, "host").map(Located::value).orElse("");
            for (Node path : items(rule, "http", "paths")) {
                var service =
                        text(path, "backend", "service", "name")
                                .or(() -> text(path, "backend", "serviceName"));
                service.ifPresent(
                        one ->
                                backends.add(
                                        new Backend(
                                                one.place(),
                                                host,
                                                text(path, "path").map(Located::value).orElse("/"),
                                                one.value(),
                                                text(path, "backend", "service", "port", "number")
                                                        .or(
                                                                () ->
                                                                        text(
                                                                                path, "backend",
                                                                                "service", "port",
                                                                                "name"))
                                                        .or(
                                                                () ->
                                                                        text(
                                                                                path,
                                                                                "backend",
                                                                                "servicePort"))
                                                        .map(Located::value)
                                                        .orElse(""))));
            }
        }
        return new Entrance(
                NAME,
                object.name(),
                object.namespace(),
                object.place(),
                backends,
                pairs(object.tree(), "metadata", "annotations"),
                object.tree().at("spec", "tls").isPresent());
    }

    private static Scaling scaling(KubeObject object) {
        Node tree = object.tree();
        String kind =
                text(tree, "spec", "scaleTargetRef", "kind")
                        .map(Located::value)
                        .orElse("Deployment");
        String name = tree.scalarAt("spec", "scaleTargetRef", "name").map(Scalar::text).orElse("");
        return new Scaling(
                NAME,
                object.name(),
                object.namespace(),
                object.place(),
                kind + "/" + name,
                value(tree, Quantities::whole, "spec", "minReplicas")
                        .or(() -> value(tree, Quantities::whole, "spec", "minReplicaCount")),
                value(tree, Quantities::whole, "spec", "maxReplicas")
                        .or(() -> value(tree, Quantities::whole, "spec", "maxReplicaCount")));
    }

    private static SecretSource source(KubeObject object) {
        var keys = new ArrayList<String>();
        object.tree().entriesAt("data").stream().map(Entry::name).forEach(keys::add);
        object.tree().entriesAt("stringData").stream().map(Entry::name).forEach(keys::add);
        boolean isSecret = !object.kind().equals("ConfigMap");
        return new SecretSource(
                NAME,
                object.namespace(),
                object.name(),
                object.place(),
                isSecret,
                object.kind().matches("SealedSecret|ExternalSecret") ? "external" : "content",
                keys);
    }
}
