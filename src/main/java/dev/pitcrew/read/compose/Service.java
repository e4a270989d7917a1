package dev.pitcrew.read.compose;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A merged service, read with its variables filled in.
record Service(String name, Place place, Mapping tree, Interpolation variables) {
    Optional<Located<String>> text(String... path) {
        return tree.scalarAt(path).filter(one -> !one.isEmpty()).map(this::located);
    }

    <T> Optional<Located<T>> value(Function<String, Optional<T>> as, String... path) {
        return text(path).flatMap(one -> as.apply(one.value()).map(one::as));
    }

    boolean isTrue(String... path) {
        return text(path).filter(one -> one.value().matches("(?i)true|yes|on")).isPresent();
    }

    Located<String> located(Scalar scalar) {
        return new Located<>(fill(scalar.text()), scalar.place());
    }

    String fill(String text) {
        return variables.fill(text);
    }

    /// A list of words; one word alone counts as a list of it.
    List<Located<String>> texts(String... path) {
        return switch (tree.at(path).orElse(null)) {
            case Sequence list ->
                    list.items().stream()
                            .filter(Scalar.class::isInstance)
                            .map(item -> located((Scalar) item))
                            .toList();
            case Scalar one when !one.isEmpty() -> List.of(located(one));
            case null, default -> List.of();
        };
    }

    List<Node> items(String... path) {
        return tree.at(path).orElse(null) instanceof Sequence list ? list.items() : List.of();
    }

    List<Entry> entries(String... path) {
        return tree.entriesAt(path);
    }

    /// A command: a list as it is, a line split as a shell would.
    List<Located<String>> words(String key) {
        if (tree.at(key).orElse(null) instanceof Scalar line && !line.isEmpty()) {
            return split(fill(line.text())).stream()
                    .map(word -> new Located<>(word, line.place()))
                    .toList();
        }
        return texts(key);
    }

    private static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        char quote = 0;
        boolean isOpen = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                isOpen = true;
            } else if (Character.isWhitespace(c)) {
                if (isOpen || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                isOpen = false;
            } else {
                word.append(c);
            }
        }
        if (isOpen || !word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
