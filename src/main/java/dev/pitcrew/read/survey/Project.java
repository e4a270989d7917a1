package dev.pitcrew.read.survey;

import dev.pitcrew.model.infra.Survey;
import java.util.Set;

/// One of the systems that a repository holds, and what its files say.
///
/// @param root the folder that it lies in, relative to the repository; empty for the repository itself
/// @param kind why it stands for itself
/// @param survey what its own files say, and what is borrowed
/// @param borrowed files of the repository's own that an example may be built from: their facts are in the survey, and what is wrong with them is said elsewhere
public record Project(String root, Kind kind, Survey survey, Set<String> borrowed) {
    public Project {
        borrowed = Set.copyOf(borrowed);
    }

    /// Why a folder stands for itself.
    public enum Kind {
        /// The repository's own system.
        OWN,
        /// Lies in a folder of examples or of docs.
        EXAMPLE,
        /// Lies in a folder of tests.
        TEST,
        /// One of many that lie side by side, none of them the whole.
        ONE_OF_MANY
    }
}
