package dev.pitcrew.app.own;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How own checks see one kind of thing: its fields, with what they are and where their values come from. What a file doesn't say is absent; lists are empty then.
///
/// @param name as messages and the page call it
/// @param fields in the order of the page
record View<F>(String name, List<Field<F>> fields) {
    View {
        fields = List.copyOf(fields);
    }

    /// What a field holds.
    sealed interface Sort {}

    /// A single value.
    enum Single implements Sort {
        TEXT,
        WHOLE,
        NUMBER,
        FLAG,
        /// A list of texts.
        TEXTS,
        /// Texts by name.
        TEXT_BY_NAME
    }

    /// A list of things of one kind.
    record Many<E>(View<E> of) implements Sort {}

    /// @param doc one sentence or less
    /// @param value null when no file says it
    record Field<F>(String name, Sort sort, String doc, Function<F, @Nullable Object> value) {}

    /// The thing as CEL takes it.
    Map<String, Object> of(F thing) {
        var values = new LinkedHashMap<String, Object>();
        for (Field<F> field : fields) {
            Object value = field.value().apply(thing);
            if (value != null) {
                values.put(field.name(), value);
            }
        }
        return values;
    }

    /// Puts one together.
    static final class Maker<F> {
        private final String name;
        private final List<Field<F>> fields = new ArrayList<>();

        Maker(String name) {
            this.name = name;
        }

        Maker<F> text(String field, String doc, Function<F, @Nullable Object> value) {
            return add(field, Single.TEXT, doc, value);
        }

        Maker<F> whole(String field, String doc, Function<F, @Nullable Object> value) {
            return add(field, Single.WHOLE, doc, value);
        }

        Maker<F> number(String field, String doc, Function<F, @Nullable Object> value) {
            return add(field, Single.NUMBER, doc, value);
        }

        Maker<F> flag(String field, String doc, Function<F, @Nullable Object> value) {
            return add(field, Single.FLAG, doc, value);
        }

        Maker<F> texts(String field, String doc, Function<F, @Nullable Object> value) {
            return add(field, Single.TEXTS, doc, value);
        }

        Maker<F> byName(String field, String doc, Function<F, @Nullable Object> value) {
            return add(field, Single.TEXT_BY_NAME, doc, value);
        }

        <E> Maker<F> many(String field, View<E> of, String doc, Function<F, List<E>> value) {
            return add(
                    field,
                    new Many<>(of),
                    doc,
                    thing -> value.apply(thing).stream().map(of::of).toList());
        }

        private Maker<F> add(
                String field, Sort sort, String doc, Function<F, @Nullable Object> value) {
            fields.add(new Field<>(field, sort, doc, value));
            return this;
        }

        View<F> build() {
            return new View<>(name, fields);
        }
    }
}
