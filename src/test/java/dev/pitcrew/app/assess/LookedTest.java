package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.read.survey.Repository;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The law of what is not worked out again: a copy of a repository that shares its files with the copies before, and what was found in them, is found to be just what it is when all of it is read anew.
class LookedTest {
    private static final int COPIES = 3;

    /// The bad and the good example of each check's page, and the desks, together and each alone.
    static Stream<Repo> repositories() throws IOException {
        var all = new ArrayList<Repo>();
        for (var check : Checks.ALL) {
            var page = CheckPage.of(check.id()).orElseThrow();
            for (String which : List.of("Bad", "Good")) {
                var files = new ArrayList<SourceFile>();
                page.example(which).forEach((path, text) -> files.add(new SourceFile(path, text)));
                all.add(new Repo(check.id().code() + " " + which, files));
            }
        }
        for (String desk : List.of("compose-desk", "kubernetes-desk", "")) {
            all.add(
                    new Repo(
                            "examples/" + desk,
                            Repository.read(Path.of("examples", desk)).sources().all()));
        }
        return all.stream();
    }

    record Repo(String name, List<SourceFile> files) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("repositories")
    void a_copy_that_shares_files_is_what_it_is_when_all_is_read_anew(Repo repo) {
        var random = new Random(repo.name().hashCode());
        var looked = new Looked();
        var files = repo.files();
        for (int i = 0; i < COPIES; i++) {
            assertThat(said(files, looked)).isEqualTo(said(anew(files), new Looked()));
            files = edited(random.nextInt(3) == 0 ? repo.files() : files, random);
        }
    }

    private static List<Object> said(List<SourceFile> files, Looked looked) {
        var one =
                Assess.withCopies(
                        new Sources(files), List.of(), Checks.ALL, Assessed.TODAY, false, looked);
        var survey = one.subject().survey();
        return List.of(
                one.findings(),
                one.suppressed(),
                one.problems(),
                one.notes(),
                survey.files(),
                survey.facts(),
                survey.leftOut(),
                one.subject().sketch().services(),
                one.subject().sketch().flows(),
                one.subject().sketch().feeds());
    }

    private static List<SourceFile> anew(List<SourceFile> files) {
        return files.stream().map(one -> new SourceFile(one.path(), one.text())).toList();
    }

    /// A line of one file goes, comes again or is a comment, or a file goes.
    private static List<SourceFile> edited(List<SourceFile> files, Random random) {
        var edited = new ArrayList<>(files);
        if (edited.isEmpty()) {
            return edited;
        }
        int at = random.nextInt(edited.size());
        var lines = new ArrayList<>(List.of(edited.get(at).text().split("\n", -1)));
        int line = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(line));
            case 2 -> lines.set(line, "# " + lines.get(line));
            default -> {
                edited.remove(at);
                return edited;
            }
        }
        edited.set(at, new SourceFile(edited.get(at).path(), String.join("\n", lines)));
        return edited;
    }
}
