package dev.pitcrew.app.harden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.assess.fix.Fixes;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The patches of all fixes, given to git and to patch: both take them, and make of the files what harden made of them.
@Tag("real")
class PatchTest {
    @TempDir private Path folder;

    @Test
    void git_and_patch_make_the_same_of_the_files_as_harden() throws Exception {
        for (var hardening : all(text -> text)) {
            check(hardening, "git", "apply", "--whitespace=nowarn", "../p");
            check(hardening, "patch", "-p1", "--silent", "--no-backup-if-mismatch", "-i", "../p");
        }
    }

    @Test
    void git_takes_files_of_windows_and_files_without_a_last_line_end() throws Exception {
        for (var hardening : all(text -> text.replace("\n", "\r\n"))) {
            check(hardening, "git", "apply", "--whitespace=nowarn", "../p");
        }
        for (var hardening : all(String::stripTrailing)) {
            check(hardening, "git", "apply", "--whitespace=nowarn", "../p");
        }
    }

    @Test
    void names_with_blanks_quotes_and_letters_beyond_ascii_are_names() throws Exception {
        var sources =
                new Sources(
                        List.of(
                                new SourceFile(
                                        "my \"desk\"/größe a/postgresql.conf", "fsync = off\n")));
        check(harden(sources), "git", "apply", "../p");
    }

    @Test
    void every_hunk_says_what_it_is_for() {
        var hardening =
                harden(
                        new Sources(
                                List.of(
                                        new SourceFile(
                                                "postgresql.conf",
                                                "port = 5432\nfsync = off # faster\n"))));

        assertThat(Patch.of(hardening))
                .isEqualTo(
                        """
                        DUR-001 postgresql.conf:2:1: From its next start the database waits for the disk with fsync; a commit takes as long as the disk does.
                        diff --git a/postgresql.conf b/postgresql.conf
                        --- a/postgresql.conf
                        +++ b/postgresql.conf
                        @@ -1,2 +1,2 @@ DUR-001 postgresql.conf:2:1: From its next start the database waits for the disk with fsync; a commit takes as long as the disk does.
                         port = 5432
                        -fsync = off # faster
                        +fsync = on # faster
                        """);
        assertThat(Message.of(hardening))
                .isEqualTo(
                        """
                        Mend DUR-001

                        DUR-001 A database is set up so that a crash of the host may leave it
                        unreadable:
                        - postgresql.conf: From its next start the database waits for the disk
                          with fsync; a commit takes as long as the disk does.

                        Found and proven on a copy by `pitcrew harden`.
                        """);
    }

    private void check(Hardening hardening, String... command) throws Exception {
        Path repository = folder.resolve("r");
        write(hardening.before().sources(), repository);
        Files.writeString(folder.resolve("p"), Patch.of(hardening));

        var process =
                new ProcessBuilder(command)
                        .directory(repository.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said + "\n" + Patch.of(hardening)).isZero();
        for (var file : hardening.after().all()) {
            assertThat(Files.readString(repository.resolve(file.path()))).isEqualTo(file.text());
        }
        delete(repository);
    }

    private static List<Hardening> all(java.util.function.UnaryOperator<String> change) {
        var all = new ArrayList<Hardening>();
        for (var check : Checks.ALL) {
            if (Fixes.has(check.id())) {
                var files = new ArrayList<SourceFile>();
                FixLawsTest.example(check)
                        .all()
                        .forEach(
                                file ->
                                        files.add(
                                                new SourceFile(
                                                        file.path(), change.apply(file.text()))));
                var hardening = harden(new Sources(files));
                if (!hardening.mended().isEmpty()) {
                    all.add(hardening);
                }
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    private static Hardening harden(Sources sources) {
        return Harden.harden(
                sources, List.of(), Checks.ALL, LocalDate.EPOCH, false, _ -> true, Reach.BEHAVIOUR);
    }

    private static void write(Sources sources, Path folder) throws IOException {
        for (var file : sources.all()) {
            Path at = folder.resolve(file.path());
            Files.createDirectories(at.getParent());
            Files.writeString(at, file.text());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
