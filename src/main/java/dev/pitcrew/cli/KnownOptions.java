package dev.pitcrew.cli;

import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.app.assess.Baseline;
import dev.pitcrew.app.assess.BaselineFile;
import dev.pitcrew.app.assess.Since;
import dev.pitcrew.assess.Check;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// What `assess` holds its findings against, and where it writes them for the next time.
final class KnownOptions {
    /// One of both.
    static final class Earlier {
        @Option(
                names = "--baseline",
                paramLabel = "FILE",
                description =
                        "Tell only what is not in FILE: what --write-baseline, --format json or --format sarif wrote.")
        private @Nullable Path file;

        @Option(
                names = "--since",
                paramLabel = "REV",
                description =
                        "Tell only what is new since a commit, branch or tag of Git, also where it is in files that didn't change.")
        private @Nullable String revision;
    }

    @ArgGroup private @Nullable Earlier earlier;

    @Option(
            names = "--write-baseline",
            paramLabel = "FILE",
            description = "Write what is found, so that --baseline knows it, and end with 0.")
    private @Nullable Path written;

    /// Whether an earlier state is taken from Git.
    boolean asksGit() {
        return earlier != null && earlier.revision != null;
    }

    /// Why the run can't be held against what was named.
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<Problem> problems;

        Unusable(List<Problem> problems) {
            super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
            this.problems = problems;
        }

        List<Problem> problems() {
            return problems;
        }
    }

    /// Whether what is found is accepted as it is.
    boolean accepts() {
        return written != null;
    }

    /// The run with only what is new, if it is to be held against something.
    ///
    /// @param ran whether the check of a code ran, if it is still there
    Assessment applied(
            Assessment now, Path path, List<Check> checks, Predicate<String> ran, LocalDate today)
            throws IOException, Unusable {
        if (written != null) {
            Files.writeString(written, BaselineFile.text(Baseline.of(written.toString(), now)));
        }
        var against = earlier;
        if (against == null) {
            return now;
        }
        var baseline =
                against.file != null
                        ? read(against.file)
                        : Since.baseline(
                                path, String.valueOf(against.revision), now, checks, today);
        return baseline.compare(now, ran);
    }

    private static Baseline read(Path file) throws IOException, Unusable {
        return switch (BaselineFile.read(file.toString(), Files.readString(file))) {
            case Read.Good<Baseline>(var baseline) -> baseline;
            case Read.Bad<Baseline>(var problems) -> throw new Unusable(problems);
        };
    }
}
