package dev.pitcrew.read.pipeline;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline.Variable;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pieces of YAML that pipelines of both kinds have.
final class Parts {
    private Parts() {}

    static Located<String> located(Scalar scalar) {
        return new Located<>(scalar.text(), scalar.place());
    }

    static Optional<Located<String>> scalar(Node node, String... path) {
        return node.scalarAt(path).filter(one -> !one.isEmpty()).map(Parts::located);
    }

    /// One word or a list of them.
    static List<Located<String>> words(Node node, String... path) {
        return node.at(path).map(Parts::words).orElse(List.of());
    }

    /// One word or a list of them, lists in lists as well.
    static List<Located<String>> words(Node node) {
        return switch (node) {
            case Scalar one when !one.isEmpty() -> List.of(located(one));
            case Scalar _, Mapping _ -> List.of();
            case Sequence list ->
                    list.items().stream().flatMap(item -> words(item).stream()).toList();
        };
    }

    /// The scalars of a value, for scripts: one, or a list of them.
    static List<Scalar> scripts(Node node) {
        return switch (node) {
            case Scalar one -> List.of(one);
            case Mapping _ -> List.of();
            case Sequence list ->
                    list.items().stream().flatMap(item -> scripts(item).stream()).toList();
        };
    }

    static List<Variable> variables(Node node, String... path) {
        var variables = new ArrayList<Variable>();
        for (var entry : node.entriesAt(path)) {
            Node value = entry.value().at("value").orElse(entry.value());
            if (value instanceof Scalar scalar) {
                variables.add(new Variable(entry.name(), scalar.place(), scalar.text()));
            }
        }
        return variables;
    }

    static boolean isTrue(Optional<Located<String>> value) {
        return value.filter(one -> one.value().equals("true")).isPresent();
    }
}
