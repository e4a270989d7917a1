package dev.pitcrew.read.proxy;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;
import java.util.stream.Collectors;

/// A directive of nginx: a word, what follows it, and perhaps a block.
///
/// @param place of its name
/// @param block what stands in its braces; empty when it has none
record Directive(
        Place place,
        String name,
        List<Located<String>> arguments,
        List<Directive> block,
        boolean isBlock) {
    Directive {
        arguments = List.copyOf(arguments);
        block = List.copyOf(block);
    }

    /// The arguments in one line.
    String value() {
        return arguments.stream().map(Located::value).collect(Collectors.joining(" "));
    }

    /// An argument; empty when there are fewer.
    String argument(int index) {
        return index < arguments.size() ? arguments.get(index).value() : "";
    }

    /// Where the value begins.
    Place valuePlace() {
        return arguments.isEmpty() ? place : arguments.getFirst().place();
    }
}
