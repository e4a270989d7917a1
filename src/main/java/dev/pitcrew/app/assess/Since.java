package dev.pitcrew.app.assess;

import dev.pitcrew.assess.Check;
import dev.pitcrew.read.survey.Repository;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.runtime.git.PastFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What a change brings: the whole folder is assessed as it was in a revision as well, by the same checks. So what the change caused in a file that it left alone is new, too.
public final class Since {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Since() {}

    /// What was told in a revision. What belongs to no commit, because Git ignores it or because it is a submodule's, is taken as it is now: the change didn't bring it.
    ///
    /// @param path the repository, a folder of it, or one file
    /// @param now the same assessed as it is
    /// @throws IOException when Git can't tell
    public static Baseline baseline(
            Path path, String revision, Assessment now, List<Check> checks, LocalDate today)
            throws IOException {
        boolean isFolder = Files.isDirectory(path);
        Path folder = isFolder ? path : path.toAbsolutePath().resolveSibling("");
        String only = isFolder ? "" : String.valueOf(path.getFileName());
        var past = PastFiles.of(folder, revision, LIMIT);
        Path copy = Files.createTempDirectory("pitcrew-past");
        try {
            past.copy(
                    (file, size) ->
                            Repository.mayRead(file, size) && (only.isEmpty() || file.equals(only)),
                    copy);
            var apart = past.apart();
            for (SourceFile file : now.sources().all()) {
                if (isApart(file.path(), apart)) {
                    add(file, copy.resolve(file.path()));
                }
            }
            var contents = Repository.read(copy);
            var then =
                    Assess.assess(
                            contents.sources(),
                            contents.problems(),
                            checks,
                            today,
                            Assess.isExample(path));
            return Baseline.of(revision, then);
        } finally {
            delete(copy);
        }
    }

    private static boolean isApart(String file, Set<String> apart) {
        if (apart.contains(file)) {
            return true;
        }
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            if (apart.contains(file.substring(0, slash + 1))) {
                return true;
            }
        }
        return false;
    }

    private static void add(SourceFile file, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.createDirectories(to.resolveSibling(""));
            Files.writeString(to, file.text(), StandardCharsets.UTF_8);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
