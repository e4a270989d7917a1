package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.Target;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Values out of YAML.
final class Values {
    private Values() {}

    static Optional<Located<Duration>> duration(Node node, String... path) {
        return node.scalarAt(path)
                .flatMap(
                        scalar ->
                                Durations.parse(scalar.text().strip())
                                        .map(value -> new Located<>(value, scalar.place())));
    }

    static Optional<Located<String>> text(Node node, String... path) {
        return node.scalarAt(path)
                .filter(scalar -> !scalar.isEmpty())
                .map(scalar -> new Located<>(scalar.text(), scalar.place()));
    }

    /// The texts of a list.
    static List<Located<String>> texts(Node node, String... path) {
        return node.scalarsAt(path).stream()
                .map(scalar -> new Located<>(scalar.text(), scalar.place()))
                .toList();
    }

    /// The mappings of a list.
    static List<Mapping> mappings(Node node, String... path) {
        return node.at(path).orElse(null) instanceof Sequence list
                ? list.items().stream()
                        .filter(Mapping.class::isInstance)
                        .map(Mapping.class::cast)
                        .toList()
                : List.of();
    }

    /// The scalars of a mapping.
    static List<Label> labels(Node node, String... path) {
        var labels = new ArrayList<Label>();
        for (var entry : node.entriesAt(path)) {
            if (entry.value() instanceof Scalar scalar) {
                labels.add(new Label(entry.name(), scalar.text(), scalar.place()));
            }
        }
        return labels;
    }

    static Optional<Located<Target>> address(Scalar scalar) {
        return Target.parse(scalar.text()).map(address -> new Located<>(address, scalar.place()));
    }
}
