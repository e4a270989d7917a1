package dev.pitcrew.read.compose;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes trees of a system file whose places are elsewhere.
final class Trees {
    private final Place place;
    private final List<Entry> entries = new ArrayList<>();

    /// @param place of the mapping that is made, as the user would name it
    Trees(Place place) {
        this.place = place;
    }

    static Scalar text(Place place, String text) {
        return new Scalar(place, text, false);
    }

    /// A number, or true or false.
    static Scalar plain(Place place, String text) {
        return new Scalar(place, text, true);
    }

    Trees put(String key, Node value) {
        return put(new Scalar(value.place(), key, true), value);
    }

    Trees put(Scalar key, Node value) {
        entries.removeIf(one -> one.name().equals(key.text()));
        entries.add(new Entry(key, value));
        return this;
    }

    Trees put(String key, Optional<? extends Node> value) {
        value.ifPresent(one -> put(key, one));
        return this;
    }

    /// A list that isn't empty.
    Trees put(String key, List<? extends Node> items) {
        if (!items.isEmpty()) {
            put(key, new Sequence(items.getFirst().place(), List.copyOf(items)));
        }
        return this;
    }

    /// A mapping that isn't empty.
    Trees put(String key, Trees inner) {
        if (!inner.entries.isEmpty()) {
            put(key, inner.mapping());
        }
        return this;
    }

    Mapping mapping() {
        return new Mapping(place, entries);
    }
}
