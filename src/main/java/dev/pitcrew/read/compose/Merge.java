package dev.pitcrew.read.compose;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lays one Compose file over another, as Docker does: mappings key by key, lists one after the other, commands and health checks' tests whole; `!reset` takes away, `!override` replaces.
final class Merge {
    private static final Set<String> WHOLE = Set.of("command", "entrypoint", "test");
    private static final Set<String> PAIRS =
            Set.of(
                    "environment",
                    "labels",
                    "annotations",
                    "args",
                    "sysctls",
                    "extra_hosts",
                    "driver_opts");
    private static final Set<String> NAMES = Set.of("depends_on", "networks");

    private final Map<Place, String> tags;

    /// @param tags of all files that are merged
    Merge(Map<Place, String> tags) {
        this.tags = tags;
    }

    /// @param key under which both stand; empty at the top
    Node merge(String key, Node below, Node above) {
        if (tags.getOrDefault(above.place(), "").equals("!override")) {
            return above;
        }
        if (below instanceof Mapping under && above instanceof Mapping over) {
            return mappings(under, over);
        }
        if (below instanceof Sequence under
                && above instanceof Sequence over
                && !WHOLE.contains(key)) {
            var items = new ArrayList<>(under.items());
            items.addAll(over.items());
            return new Sequence(under.place(), items);
        }
        return above;
    }

    private Mapping mappings(Mapping under, Mapping over) {
        var entries = new LinkedHashMap<String, Entry>();
        under.entries().forEach(entry -> entries.put(entry.name(), entry));
        for (Entry entry : over.entries()) {
            Entry before = entries.get(entry.name());
            if (isReset(entry)) {
                entries.remove(entry.name());
            } else if (before == null) {
                entries.put(entry.name(), entry);
            } else {
                Node value = merge(entry.name(), before.value(), entry.value());
                entries.put(
                        entry.name(),
                        new Entry(value.equals(entry.value()) ? entry.key() : before.key(), value));
            }
        }
        return new Mapping(under.place(), List.copyOf(entries.values()));
    }

    private boolean isReset(Entry entry) {
        return tags.getOrDefault(entry.value().place(), "").equals("!reset");
    }

    /// A service with its short forms written out, so that they merge key by key.
    static Mapping service(Mapping service) {
        var entries = new ArrayList<Entry>();
        for (Entry entry : service.entries()) {
            entries.add(new Entry(entry.key(), longForm(entry.name(), entry.value())));
        }
        return new Mapping(service.place(), entries);
    }

    private static Node longForm(String key, Node value) {
        if (PAIRS.contains(key) && value instanceof Sequence list) {
            return pairs(list);
        }
        if (NAMES.contains(key) && value instanceof Sequence list) {
            return names(list);
        }
        if (key.equals("build") && value instanceof Scalar context && !context.isEmpty()) {
            return new Mapping(
                    context.place(),
                    List.of(new Entry(new Scalar(context.place(), "context", true), context)));
        }
        if (Set.of("env_file", "tmpfs", "dns").contains(key) && value instanceof Scalar one) {
            return new Sequence(one.place(), List.of(one));
        }
        if (Set.of("build", "deploy").contains(key) && value instanceof Mapping inner) {
            return service(inner);
        }
        return value;
    }

    private static Mapping pairs(Sequence list) {
        var entries = new LinkedHashMap<String, Entry>();
        for (Node item : list.items()) {
            if (item instanceof Scalar pair) {
                int at = pair.text().indexOf('=');
                String name = at < 0 ? pair.text() : pair.text().substring(0, at);
                Scalar value =
                        at < 0
                                ? new Scalar(pair.place(), "", true)
                                : new Scalar(
                                        moved(pair, at + 1), pair.text().substring(at + 1), false);
                entries.put(
                        name.strip(),
                        new Entry(new Scalar(pair.place(), name.strip(), true), value));
            }
        }
        return new Mapping(list.place(), List.copyOf(entries.values()));
    }

    /// The place of a character in a scalar that stands on one line.
    private static Place moved(Scalar scalar, int by) {
        Place place = scalar.place();
        return new Place(
                place.file(), place.line(), place.column() + by + (scalar.plain() ? 0 : 1));
    }

    private static Mapping names(Sequence list) {
        var entries = new LinkedHashMap<String, Entry>();
        for (Node item : list.items()) {
            if (item instanceof Scalar name) {
                entries.put(name.text(), new Entry(name, new Mapping(name.place(), List.of())));
            }
        }
        return new Mapping(list.place(), List.copyOf(entries.values()));
    }
}
