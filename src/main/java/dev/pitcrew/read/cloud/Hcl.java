package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.util.List;
import java.util.Optional;

/// What stands in a file of HCL, each piece with its place. Nothing is evaluated.
final class Hcl {
    private Hcl() {}

    /// @param body what could be read
    /// @param problems what could not
    record File(Body body, List<Problem> problems) {
        File {
            problems = List.copyOf(problems);
        }
    }

    /// @param attributes in order
    /// @param blocks in order
    record Body(List<Attribute> attributes, List<Block> blocks) {
        Body {
            attributes = List.copyOf(attributes);
            blocks = List.copyOf(blocks);
        }

        Optional<Value> value(String name) {
            return attributes.stream()
                    .filter(one -> one.name().equals(name))
                    .map(Attribute::value)
                    .findFirst();
        }

        List<Block> blocks(String type) {
            return blocks.stream().filter(one -> one.type().equals(type)).toList();
        }
    }

    /// @param place of the name
    record Attribute(Place place, String name, Value value) {}

    /// @param place of the type
    /// @param labels that follow it, without quotes
    record Block(Place place, String type, List<Located<String>> labels, Body body) {
        Block {
            labels = List.copyOf(labels);
        }

        /// Its label of a number from 0; empty when it has fewer.
        String label(int at) {
            return at < labels.size() ? labels.get(at).value() : "";
        }
    }

    /// What an attribute is.
    sealed interface Value {
        Place place();
    }

    /// A text in quotes, or of several lines; what is filled in stands as it is written.
    record Text(Place place, String text) implements Value {}

    /// A number, `true`, `false` or `null`.
    record Word(Place place, String text) implements Value {}

    record Items(Place place, List<Value> items) implements Value {
        Items {
            items = List.copyOf(items);
        }
    }

    record Entries(Place place, List<Attribute> entries) implements Value {
        Entries {
            entries = List.copyOf(entries);
        }
    }

    /// Anything else, as it is written: a reference, a call, a condition.
    record Expression(Place place, String text) implements Value {}
}
