package dev.pitcrew.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What may stand somewhere in a system file. One declaration, from which both the validation and the JSON Schema follow.
///
/// The JSON Schema is printed by a command that must start fast, so nothing here needs lambdas or patterns.
sealed interface Shape {
    /// What it must be, to go after "must be".
    String wanted();

    /// A scalar of some kind.
    record Value(Kind kind) implements Shape {
        @Override
        public String wanted() {
            return kind.wanted();
        }
    }

    /// One of some words.
    record OneWord(List<String> words) implements Shape {
        @Override
        public String wanted() {
            return String.join(" | ", words);
        }
    }

    /// A whole number.
    record Whole(long min, long max) implements Shape {
        @Override
        public String wanted() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /// A mapping with known keys.
    ///
    /// @param name names it in the JSON Schema
    /// @param fields its keys, in the order of the reference
    /// @param choice exactly one of these keys is given; empty: no such rule
    record Section(String name, List<Field> fields, List<String> choice) implements Shape {
        @Override
        public String wanted() {
            return choice.isEmpty() ? "a mapping" : "a mapping such as {" + choice.get(0) + ": …}";
        }

        Optional<Field> field(String key) {
            for (Field field : fields) {
                if (field.key().equals(key)) {
                    return Optional.of(field);
                }
            }
            return Optional.empty();
        }

        List<String> keys() {
            var keys = new ArrayList<String>();
            for (Field field : fields) {
                keys.add(field.key());
            }
            return keys;
        }
    }

    /// A mapping from names that the user chooses.
    record Named(Kind key, Shape value) implements Shape {
        @Override
        public String wanted() {
            return "a mapping";
        }
    }

    /// A list.
    ///
    /// @param min the fewest items
    record Listing(Shape item, int min) implements Shape {
        @Override
        public String wanted() {
            return "a list";
        }
    }

    /// Either of two.
    record Either(Shape first, Shape second) implements Shape {
        @Override
        public String wanted() {
            return first.wanted() + " | " + second.wanted();
        }
    }

    /// A key of a section.
    ///
    /// @param ifAbsent the value that holds when it is left out, as the file would say it; empty: none
    /// @param with the key that this one goes with; empty: none
    /// @param doc one sentence
    record Field(
            String key, Shape shape, boolean required, String ifAbsent, String with, String doc) {
        static Field required(String key, Shape shape, String doc) {
            return new Field(key, shape, true, "", "", doc);
        }

        static Field optional(String key, Shape shape, String doc) {
            return new Field(key, shape, false, "", "", doc);
        }

        static Field preset(String key, Shape shape, String ifAbsent, String doc) {
            return new Field(key, shape, false, ifAbsent, "", doc);
        }

        Field with(String other) {
            return new Field(key, shape, required, ifAbsent, other, doc);
        }
    }

    /// The same with nothing required and nothing preset: what may be said to change part of it. A section of which
    /// exactly one key is given is changed as a whole.
    static Shape partial(Shape shape) {
        if (shape instanceof Section section && section.choice().isEmpty()) {
            var fields = new ArrayList<Field>();
            for (Field f : section.fields()) {
                fields.add(new Field(f.key(), partial(f.shape()), false, "", f.with(), f.doc()));
            }
            return new Section(section.name() + "Change", fields, List.of());
        }
        if (shape instanceof Named named) {
            return new Named(named.key(), partial(named.value()));
        }
        return shape;
    }
}
