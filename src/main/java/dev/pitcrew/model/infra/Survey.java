package dev.pitcrew.model.infra;

import dev.pitcrew.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What was found in the files of a repository.
///
/// Each check asks for facts by kind, many of them again and again, so those of a kind are picked out once.
public final class Survey {
    private final List<SurveyedFile> files;
    private final List<InfraFact> facts;
    private final List<Problem> problems;
    private final List<Suppression> suppressions;
    private final int leftOut;
    private final Map<Class<?>, List<? extends InfraFact>> byKind = new ConcurrentHashMap<>();

    /// @param files every file that a format claimed, in the order of their paths
    /// @param facts in the order of files, and in each from top to bottom
    /// @param problems what could not be read, with its place; all else was
    /// @param suppressions what the files themselves ask not to be told
    /// @param leftOut how many files were left out because they are there for tests to read
    public Survey(
            List<SurveyedFile> files,
            List<? extends InfraFact> facts,
            List<Problem> problems,
            List<Suppression> suppressions,
            int leftOut) {
        this.files = List.copyOf(files);
        this.facts = List.copyOf(facts);
        this.problems = List.copyOf(problems);
        this.suppressions = List.copyOf(suppressions);
        this.leftOut = leftOut;
    }

    /// Every file that a format claimed, in the order of their paths.
    public List<SurveyedFile> files() {
        return files;
    }

    /// In the order of files, and in each from top to bottom.
    public List<InfraFact> facts() {
        return facts;
    }

    /// What could not be read, with its place; all else was.
    public List<Problem> problems() {
        return problems;
    }

    /// What the files themselves ask not to be told.
    public List<Suppression> suppressions() {
        return suppressions;
    }

    /// How many files were left out because they are there for tests to read.
    public int leftOut() {
        return leftOut;
    }

    /// The facts of one kind, in order.
    @SuppressWarnings("unchecked") // a list stands under the kind of its facts alone
    public <F extends InfraFact> List<F> all(Class<F> kind) {
        return (List<F>)
                byKind.computeIfAbsent(
                        kind,
                        _ -> facts.stream().filter(kind::isInstance).map(kind::cast).toList());
    }

    /// A file that was read.
    ///
    /// @param path relative to the repository, with slashes
    /// @param format the format that claimed it
    /// @param lines at least 1
    public record SurveyedFile(String path, String format, int lines) {}
}
