package dev.pitcrew.read;

import dev.pitcrew.model.Template;
import dev.pitcrew.model.Words;
import dev.pitcrew.read.Shape.Field;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A checked mapping together with its declaration, which knows the presets.
record Settings(Mapping mapping, Section section) {
    boolean has(String key) {
        return mapping.entry(key).isPresent();
    }

    /// The text of the key, or its preset.
    Optional<String> optional(String key) {
        String preset = section.field(key).map(Field::ifAbsent).orElse("");
        return mapping.scalarAt(key)
                .map(Scalar::text)
                .or(() -> Optional.of(preset).filter(p -> !p.isEmpty()));
    }

    String text(String key) {
        return optional(key)
                .orElseThrow(
                        () -> new IllegalStateException("no " + key + " at " + mapping.place()));
    }

    Template template(String key) {
        return new Template(text(key));
    }

    Duration duration(String key) {
        return Scalars.duration(text(key));
    }

    int whole(String key) {
        return Integer.parseInt(text(key));
    }

    boolean flag(String key) {
        return optional(key).filter("true"::equals).isPresent();
    }

    <E extends Enum<E>> E word(String key, Class<E> type) {
        return word(type, text(key));
    }

    static <E extends Enum<E>> E word(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (Words.of(constant).equals(word)) {
                return constant;
            }
        }
        throw new IllegalStateException("no " + type.getSimpleName() + " is spelled " + word);
    }

    List<String> texts(String key) {
        return mapping.scalarsAt(key).stream().map(Scalar::text).toList();
    }

    List<Template> templates(String key) {
        return texts(key).stream().map(Template::new).toList();
    }

    /// The section under the key; one that is left out has its presets.
    Settings in(String key) {
        return inIfGiven(key)
                .orElseGet(
                        () ->
                                new Settings(
                                        new Mapping(mapping.place(), List.of()), sectionOf(key)));
    }

    Optional<Settings> inIfGiven(String key) {
        return mapping.at(key)
                .filter(Mapping.class::isInstance)
                .map(node -> new Settings((Mapping) node, sectionOf(key)));
    }

    /// The named values under the key, each a section, in order.
    <T> List<T> named(String key, BiFunction<String, Settings, T> make) {
        return mapping.entriesAt(key).stream()
                .map(
                        e ->
                                make.apply(
                                        e.name(),
                                        new Settings((Mapping) e.value(), sectionInside(key))))
                .toList();
    }

    /// The named values under the key, in order.
    <T> Map<String, T> map(String key, Function<Node, T> make) {
        var map = new LinkedHashMap<String, T>();
        for (Entry entry : mapping.entriesAt(key)) {
            map.put(entry.name(), make.apply(entry.value()));
        }
        return map;
    }

    private Section sectionOf(String key) {
        return (Section) section.field(key).orElseThrow().shape();
    }

    private Section sectionInside(String key) {
        return (Section) ((Shape.Named) section.field(key).orElseThrow().shape()).value();
    }
}
