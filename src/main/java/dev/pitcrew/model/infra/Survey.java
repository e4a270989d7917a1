package dev.pitcrew.model.infra;

import dev.pitcrew.model.Problem;
import java.util.List;

/// What was found in the files of a repository.
///
/// @param files every file that a format claimed, in the order of their paths
/// @param facts in the order of files, and in each from top to bottom
/// @param problems what could not be read, with its place; all else was
/// @param suppressions what the files themselves ask not to be told
/// @param leftOut how many files were left out because they are there for tests to read
public record Survey(
        List<SurveyedFile> files,
        List<InfraFact> facts,
        List<Problem> problems,
        List<Suppression> suppressions,
        int leftOut) {
    public Survey {
        files = List.copyOf(files);
        facts = List.copyOf(facts);
        problems = List.copyOf(problems);
        suppressions = List.copyOf(suppressions);
    }

    /// The facts of one kind, in order.
    public <F extends InfraFact> List<F> all(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// A file that was read.
    ///
    /// @param path relative to the repository, with slashes
    /// @param format the format that claimed it
    /// @param lines at least 1
    public record SurveyedFile(String path, String format, int lines) {}
}
