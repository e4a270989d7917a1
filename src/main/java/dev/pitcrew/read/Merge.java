package dev.pitcrew.read;

import dev.pitcrew.read.Shape.Field;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import java.util.ArrayList;

/// Lays what an environment or a version changes over what it changes.
final class Merge {
    private Merge() {}

    /// Sections and named values are changed key by key; lists, scalars, and sections of which exactly one key is given
    /// as a whole. Every value keeps its own place.
    static Node over(Node base, Node change, Shape shape) {
        boolean whole = shape instanceof Section section && !section.choice().isEmpty();
        if (whole || !(base instanceof Mapping below) || !(change instanceof Mapping above)) {
            return change;
        }
        var entries = new ArrayList<Entry>();
        for (Entry entry : below.entries()) {
            entries.add(
                    above.entry(entry.name())
                            .map(
                                    e ->
                                            new Entry(
                                                    e.key(),
                                                    over(
                                                            entry.value(),
                                                            e.value(),
                                                            inside(shape, e.name()))))
                            .orElse(entry));
        }
        for (Entry entry : above.entries()) {
            if (below.entry(entry.name()).isEmpty()) {
                entries.add(entry);
            }
        }
        return new Mapping(below.place(), entries);
    }

    private static Shape inside(Shape shape, String key) {
        return switch (shape) {
            case Section section -> section.field(key).map(Field::shape).orElse(shape);
            case Named named -> named.value();
            default -> shape;
        };
    }
}
