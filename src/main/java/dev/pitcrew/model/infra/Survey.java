package dev.pitcrew.model.infra;

import dev.pitcrew.model.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// What was found in the files of a repository.
///
/// Each check asks for facts by kind, many of them again and again, so those of a kind are picked out once.
public final class Survey {
    private final List<SurveyedFile> files;
    private final List<InfraFact> facts;
    private final List<Problem> problems;
    private final List<Suppression> suppressions;
    private final int leftOut;
    private final Map<Class<?>, List<? extends InfraFact>> byKind;
    private final Map<Function<Survey, ?>, Known> known;
    private final Consumer<Class<?>> heard;

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
        this.byKind = new ConcurrentHashMap<>();
        this.known = new ConcurrentHashMap<>();
        this.heard = _ -> {};
    }

    private Survey(Survey of, Consumer<Class<?>> heard) {
        this.files = of.files;
        this.facts = of.facts;
        this.problems = of.problems;
        this.suppressions = of.suppressions;
        this.leftOut = of.leftOut;
        this.byKind = of.byKind;
        this.known = of.known;
        this.heard = heard;
    }

    /// The same survey for somebody of whom one wants to know what he asks for.
    ///
    /// @param heard gets each kind of fact; [InfraFact] for all of them, and [SurveyedFile] for the list of files
    public Survey heardBy(Consumer<Class<?>> heard) {
        return new Survey(this, heard);
    }

    /// Every file that a format claimed, in the order of their paths.
    public List<SurveyedFile> files() {
        heard.accept(SurveyedFile.class);
        return files;
    }

    /// In the order of files, and in each from top to bottom.
    public List<InfraFact> facts() {
        heard.accept(InfraFact.class);
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
        heard.accept(kind);
        return (List<F>)
                byKind.computeIfAbsent(
                        kind,
                        _ -> facts.stream().filter(kind::isInstance).map(kind::cast).toList());
    }

    private record Known(Object value, Set<Class<?>> asked) {}

    /// The value of a pure function of these facts, such as an index of them: worked out once, however many checks ask.
    ///
    /// @param function the same object whenever the same is asked
    @SuppressWarnings("unchecked") // a value stands under the function that made it
    public <T> T once(Function<Survey, T> function) {
        var value = known.get(function);
        if (value == null) { // two that ask at once both work it out, and get the same
            var asked = new HashSet<Class<?>>();
            value = new Known(function.apply(heardBy(asked::add)), asked);
            known.put(function, value);
        }
        value.asked().forEach(heard);
        return (T) value.value();
    }

    /// A file that was read.
    ///
    /// @param path relative to the repository, with slashes
    /// @param format the format that claimed it
    /// @param lines at least 1
    public record SurveyedFile(String path, String format, int lines) {}
}
