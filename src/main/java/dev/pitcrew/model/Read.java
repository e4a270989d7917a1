package dev.pitcrew.model;

import java.util.List;

/// The outcome of reading an input: the whole document, or every problem in it.
public sealed interface Read<T> {
    /// @param document what was read, complete and checked
    record Good<T>(T document) implements Read<T> {}

    /// @param problems at least one, in the order in which they stand in the input
    record Bad<T>(List<Problem> problems) implements Read<T> {
        public Bad {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a bad read names at least one problem");
            }
        }
    }
}
