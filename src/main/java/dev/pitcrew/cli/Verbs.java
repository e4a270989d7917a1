package dev.pitcrew.cli;

import java.util.List;
import java.util.Optional;

/// All verbs. To add one, write its class and add its line here, in the order of the alphabet.
final class Verbs {
    static final List<Verb> ALL =
            List.of(
                    new Verb("kill", "Stop all order flow, whatever else is dead", KillCommand::new),
                    new Verb(
                            "schema", "Print the JSON Schema of pitcrew.yaml", SchemaCommand::new));

    private Verbs() {}

    static Optional<Verb> named(String name) {
        for (Verb verb : ALL) {
            if (verb.name().equals(name)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
