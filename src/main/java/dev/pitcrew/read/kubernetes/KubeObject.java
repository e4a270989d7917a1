package dev.pitcrew.read.kubernetes;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// An object with `kind` and `metadata`.
record KubeObject(Mapping tree) {
    static Optional<KubeObject> of(Node node) {
        return node instanceof Mapping tree
                        && tree.scalarAt("kind").isPresent()
                        && tree.at("apiVersion").isPresent()
                ? Optional.of(new KubeObject(tree))
                : Optional.empty();
    }

    String kind() {
        return tree.scalarAt("kind").map(Scalar::text).orElse("");
    }

    String name() {
        return tree.scalarAt("metadata", "name").map(Scalar::text).orElse("");
    }

    String namespace() {
        String text = tree.scalarAt("metadata", "namespace").map(Scalar::text).orElse("");
        return YamlTree.isUnknown(text) ? "" : text;
    }

    String unit() {
        return kind() + "/" + name();
    }

    Place place() {
        return tree.scalarAt("metadata", "name").map(Node::place).orElse(tree.place());
    }

    static Optional<Located<String>> text(Node node, String... path) {
        return node.scalarAt(path)
                .filter(one -> !one.isEmpty() && !YamlTree.isUnknown(one.text()))
                .map(one -> new Located<>(one.text(), one.place()));
    }

    static <T> Optional<Located<T>> value(
            Node node, Function<String, Optional<T>> as, String... path) {
        return text(node, path).flatMap(one -> as.apply(one.value()).map(one::as));
    }

    static List<Node> items(Node node, String... path) {
        return node.at(path).orElse(null) instanceof Sequence list ? list.items() : List.of();
    }

    static Map<String, String> pairs(Node node, String... path) {
        var pairs = new LinkedHashMap<String, String>();
        node.entriesAt(path).stream()
                .filter(one -> one.value() instanceof Scalar)
                .forEach(one -> pairs.put(one.name(), ((Scalar) one.value()).text()));
        return pairs;
    }
}
