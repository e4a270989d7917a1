package dev.pitcrew.read.kubernetes;

import static dev.pitcrew.read.kubernetes.KubeObject.items;
import static dev.pitcrew.read.kubernetes.KubeObject.text;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says which variables a container gets, and which of them come out of secrets.
///
/// @param configs data of ConfigMaps by name, for `envFrom` and `valueFrom`
record PodEnvironment(Map<String, Mapping> configs) {

    /// Those of a container; of one that is given twice the last.
    List<EnvVariable> of(Mapping one) {
        var variables = new LinkedHashMap<String, EnvVariable>();
        for (Node from : items(one, "envFrom")) {
            text(from, "configMapRef", "name")
                    .map(name -> configs.get(name.value()))
                    .ifPresent(
                            data ->
                                    data.entries().stream()
                                            .filter(entry -> entry.value() instanceof Scalar)
                                            .forEach(
                                                    entry ->
                                                            variables.put(
                                                                    entry.name(),
                                                                    variable(
                                                                            entry.name(),
                                                                            entry.key().place(),
                                                                            (Scalar)
                                                                                    entry
                                                                                            .value()))));
        }
        for (Node item : items(one, "env")) {
            var name = text(item, "name");
            if (name.isEmpty()) {
                continue;
            }
            String key = name.get().value();
            var value = item.scalarAt("value");
            var secret =
                    text(item, "valueFrom", "secretKeyRef", "name")
                            .map(
                                    at ->
                                            at.value()
                                                    + "/"
                                                    + text(item, "valueFrom", "secretKeyRef", "key")
                                                            .filter(_ -> !isOptional(item))
                                                            .map(Located::value)
                                                            .orElse(""));
            if (value.isPresent()) {
                variables.put(key, variable(key, name.get().place(), value.get()));
            } else {
                Optional<Located<String>> config =
                        text(item, "valueFrom", "configMapKeyRef", "name")
                                .map(at -> configs.get(at.value()))
                                .flatMap(
                                        data ->
                                                text(item, "valueFrom", "configMapKeyRef", "key")
                                                        .flatMap(at -> text(data, at.value())));
                variables.put(key, new EnvVariable(key, name.get().place(), config, secret));
            }
        }
        return List.copyOf(variables.values());
    }

    private static EnvVariable variable(String name, Place place, Scalar value) {
        return new EnvVariable(
                name,
                place,
                value.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Located<>(value.text(), value.place())),
                Optional.empty());
    }

    /// Whether the pod starts without the key as well.
    private static boolean isOptional(Node item) {
        return text(item, "valueFrom", "secretKeyRef", "optional")
                .filter(one -> one.value().equals("true"))
                .isPresent();
    }
}
