package dev.pitcrew.read.yaml;

import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;

/// A piece of a YAML file, with where it stands.
public sealed interface Node {
    Place place();

    /// @param plain written without quotes, so that it may be a number
    record Scalar(Place place, String text, boolean plain) implements Node {
        /// Written as nothing: `key:`, `~` or `null`.
        public boolean isEmpty() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /// @param items in order
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// @param entries in order; no two of the same key
    record Mapping(Place place, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /// The entry of a key, if it has one.
        public Optional<Entry> entry(String key) {
            for (Entry one : entries) { // asked for nearly all that is read
                if (one.key().text().equals(key)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }

    /// A key and its value.
    record Entry(Scalar key, Node value) {
        /// The text of the key.
        public String name() {
            return key.text();
        }
    }

    /// The value under a path of keys; empty when there is none, or no mapping on the way.
    default Optional<Node> at(String... path) {
        Node node = this;
        for (String key : path) {
            var entry = node instanceof Mapping m ? m.entry(key) : Optional.<Entry>empty();
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            node = entry.get().value();
        }
        return Optional.of(node);
    }

    /// The entries of the mapping under a path; none when there is no such mapping.
    default List<Entry> entriesAt(String... path) {
        return at(path).orElse(this) instanceof Mapping m && at(path).isPresent()
                ? m.entries()
                : List.of();
    }

    /// The scalars of the list under a path; none when there is no such list.
    default List<Scalar> scalarsAt(String... path) {
        return at(path).orElse(null) instanceof Sequence s
                ? s.items().stream()
                        .filter(Scalar.class::isInstance)
                        .map(Scalar.class::cast)
                        .toList()
                : List.of();
    }

    /// The scalar under a path, if it is one.
    default Optional<Scalar> scalarAt(String... path) {
        return at(path).filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }
}
