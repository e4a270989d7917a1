package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.assess.Checks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a change brings, asked of a real repository of Git.
@Tag("real")
class SinceTest {
    private static final String RULES =
            """
            groups:
              - name: desk
                rules:
                  - {alert: Rejects, expr: orders_rejected_total > 5}
            """;
    private static final String CODE =
            """
            from prometheus_client import Counter
            REJECTS = Counter("%s", "Rejected orders")
            """;

    @TempDir private Path folder;

    @BeforeEach
    void commit() throws Exception {
        write("rules.yml", RULES);
        write("app/bot.py", CODE.formatted("orders_rejected_total"));
        write(
                "app/compose.yml",
                "services: {db: {image: 'postgres:16.4', command: [postgres, -c, fsync=off]}}\n");
        write(".gitignore", "mine/compose.yml\n");
        git("init", "-q", "-b", "main");
        git("add", "-A");
        git("commit", "-q", "-m", "first");
    }

    @Test
    void what_was_committed_is_known_and_what_lies_there_uncommitted_is_new() throws Exception {
        write(
                "other/compose.yml",
                "services: {pg: {image: 'postgres:16.4', command: [postgres, -c, fsync=off]}}\n");
        write(
                "mine/compose.yml",
                "services: {own: {image: 'postgres:16.4', command: [postgres, -c, fsync=off]}}\n");
        String before = git("status", "--porcelain");

        var held = since(folder, "HEAD");

        assertThat(held.findings())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.place().file()).isEqualTo("other/compose.yml"));
        assertThat(held.comparison().orElseThrow().still())
                .as("what Git ignores is not of the change")
                .extracting(one -> one.place().file())
                .contains("app/compose.yml", "mine/compose.yml");
        assertThat(git("status", "--porcelain")).isEqualTo(before);
    }

    @Test
    void a_fault_in_a_file_that_the_change_left_alone_is_new_when_the_change_caused_it()
            throws Exception {
        write("app/bot.py", CODE.formatted("orders_reject_total"));
        git("commit", "-q", "-a", "-m", "rename");

        assertThat(since(folder, "HEAD~1").findings())
                .extracting(one -> one.check().code() + " " + one.place().file())
                .contains("OBS-001 rules.yml");
        assertThat(since(folder, "HEAD").findings()).isEmpty();
    }

    @Test
    void a_folder_and_a_file_of_the_repository_are_held_against_themselves() throws Exception {
        assertThat(since(folder.resolve("app"), "main").findings()).isEmpty();
        assertThat(since(folder.resolve("app"), "main").comparison().orElseThrow().still())
                .isNotEmpty();
        assertThat(since(folder.resolve("app/compose.yml"), "main").findings()).isEmpty();
    }

    @Test
    void a_revision_that_is_not_there_and_a_folder_without_git_are_told() throws Exception {
        assertThatThrownBy(() -> since(folder, "no-such-branch"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-branch")
                .hasMessageContaining("fetch");
        assertThatThrownBy(() -> since(folder, "--output=/tmp/x"))
                .hasMessageContaining("git knows no commit --output=/tmp/x");
        git("config", "core.worktree", folder.toString());
        Files.move(folder.resolve(".git"), folder.resolve("not-git"));
        assertThatThrownBy(() -> since(folder, "HEAD"))
                .hasMessageContaining("not a git repository");
    }

    private static Assessment since(Path path, String revision) throws IOException {
        var now = Assess.assess(path, Checks.ALL, Assessed.TODAY);
        return Since.baseline(path, revision, now, Checks.ALL, Assessed.TODAY)
                .compare(now, _ -> true);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        var words =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.com"));
        words.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
