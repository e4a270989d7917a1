package dev.pitcrew.read.kubernetes;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Lays patches over objects, as Kustomize does: strategic merges, in which items of a list meet by their name, and lists of operations.
final class Patches {
    private static final List<String> MEETING =
            List.of("name", "mountPath", "containerPort", "port");

    private Patches() {}

    /// A strategic merge; `null` and `$patch: delete` take away.
    static Node merged(Node below, Node above) {
        if (below instanceof Mapping under && above instanceof Mapping over) {
            var entries = new LinkedHashMap<String, Entry>();
            under.entries().forEach(entry -> entries.put(entry.name(), entry));
            for (Entry entry : over.entries()) {
                Entry before = entries.get(entry.name());
                if (isGone(entry.value())) {
                    entries.remove(entry.name());
                } else if (before == null) {
                    entries.put(entry.name(), entry);
                } else {
                    Node value = merged(before.value(), entry.value());
                    entries.put(
                            entry.name(),
                            new Entry(
                                    value.equals(entry.value()) ? entry.key() : before.key(),
                                    value));
                }
            }
            return new Mapping(under.place(), List.copyOf(entries.values()));
        }
        if (below instanceof Sequence under && above instanceof Sequence over) {
            Optional<String> key = meeting(over);
            return key.isPresent() ? lists(under, over, key.get()) : over;
        }
        return above;
    }

    private static boolean isGone(Node value) {
        return (value instanceof Scalar scalar && scalar.isEmpty())
                || value.scalarAt("$patch").filter(one -> one.text().equals("delete")).isPresent();
    }

    private static Optional<String> meeting(Sequence list) {
        return MEETING.stream()
                .filter(key -> !list.items().isEmpty())
                .filter(
                        key ->
                                list.items().stream()
                                        .allMatch(item -> item.scalarAt(key).isPresent()))
                .findFirst();
    }

    private static Sequence lists(Sequence under, Sequence over, String key) {
        var items = new LinkedHashMap<String, Node>();
        int unnamed = 0;
        for (Node item : under.items()) {
            items.put(item.scalarAt(key).map(Scalar::text).orElse("\n" + unnamed++), item);
        }
        for (Node item : over.items()) {
            String name = item.scalarAt(key).map(Scalar::text).orElse("");
            Node before = items.get(name);
            if (isGone(item)) {
                items.remove(name);
            } else {
                items.put(name, before == null ? item : merged(before, item));
            }
        }
        return new Sequence(under.place(), List.copyOf(items.values()));
    }

    /// Operations of JSON Patch: `add`, `replace` and `remove`.
    static Node operated(Node tree, Sequence operations) {
        Node now = tree;
        for (Node operation : operations.items()) {
            String op = operation.scalarAt("op").map(Scalar::text).orElse("");
            String path = operation.scalarAt("path").map(Scalar::text).orElse("");
            Optional<Node> value = operation.at("value");
            if (path.startsWith("/")
                    && path.length() < 500
                    && (op.equals("remove") || value.isPresent())) {
                var keys = List.of(path.substring(1).split("/"));
                now =
                        set(
                                now,
                                keys,
                                op.equals("remove") ? Optional.empty() : value,
                                operation.place());
            }
        }
        return now;
    }

    private static Node set(Node tree, List<String> keys, Optional<Node> value, Place place) {
        if (keys.isEmpty()) {
            return value.orElse(tree);
        }
        String key = keys.getFirst().replace("~1", "/").replace("~0", "~");
        var rest = keys.subList(1, keys.size());
        if (tree instanceof Mapping mapping) {
            var entries = new ArrayList<Entry>();
            boolean isThere = false;
            for (Entry entry : mapping.entries()) {
                if (!entry.name().equals(key)) {
                    entries.add(entry);
                } else {
                    isThere = true;
                    if (!rest.isEmpty() || value.isPresent()) {
                        entries.add(new Entry(entry.key(), set(entry.value(), rest, value, place)));
                    }
                }
            }
            if (!isThere && value.isPresent() && rest.isEmpty()) {
                entries.add(new Entry(new Scalar(place, key, true), value.get()));
            }
            return new Mapping(mapping.place(), entries);
        }
        if (tree instanceof Sequence list) {
            var items = new ArrayList<>(list.items());
            int at =
                    key.equals("-")
                            ? items.size()
                            : key.matches("[0-9]{1,4}") ? Integer.parseInt(key) : -1;
            if (at == items.size() && rest.isEmpty()) {
                value.ifPresent(items::add);
            } else if (at >= 0 && at < items.size()) {
                if (rest.isEmpty() && value.isEmpty()) {
                    items.remove(at);
                } else {
                    items.set(at, set(items.get(at), rest, value, place));
                }
            }
            return new Sequence(list.place(), items);
        }
        return tree;
    }
}
