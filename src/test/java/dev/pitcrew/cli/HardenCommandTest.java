package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardenCommandTest {
    private static final String COMPOSE =
            """
            services:
              executor:
                image: ghcr.io/desk/executor:latest
                environment:
                  TRADING_MODE: live
                  DRAIN_TIMEOUT: 45s
                deploy:
                  replicas: 2
            """;

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), COMPOSE);
    }

    @Test
    void it_shows_the_patch_what_is_held_back_and_what_people_have_to_do_and_writes_nothing()
            throws IOException {
        assertThat(run()).isEqualTo(ExitCode.REFUSED);

        assertThat(out.toString())
                .contains(
                        "+    stop_grace_period: 60s\n",
                        "1 fix in 1 file; --apply writes them.\n",
                        "1 fix could change what trades, and is held back",
                        "  TRD-001 compose.yaml:",
                        "by hand, because which version runs now, only the host says",
                        "What to do: ")
                .doesNotContain("+      replicas: 1");
        assertThat(folder.resolve("compose.yaml")).hasContent(COMPOSE);
    }

    @Test
    void when_all_was_asked_for_and_written_nothing_is_left_for_the_next_run() throws IOException {
        assertThat(run("--apply", "--include-behaviour")).isEqualTo(ExitCode.OK);

        assertThat(folder.resolve("compose.yaml"))
                .hasContent(
                        COMPOSE.replace("replicas: 2", "replicas: 1")
                                + "    stop_grace_period: 60s\n");
        out.getBuffer().setLength(0);
        assertThat(run("--include-behaviour")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Nothing that harden may mend by itself.");
    }

    @Test
    void only_the_checks_that_are_named_are_mended() throws IOException {
        assertThat(run("--check", "TRD-001", "--apply", "--include-behaviour"))
                .isEqualTo(ExitCode.OK);

        assertThat(folder.resolve("compose.yaml"))
                .hasContent(COMPOSE.replace("replicas: 2", "replicas: 1"));
        assertThat(run("--check", "TRD-999")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("TRD-999");
    }

    @Test
    void a_patch_and_a_message_are_for_a_branch() throws IOException {
        Path patch = folder.resolve("../p.patch").normalize();
        try {
            run("--patch", patch.toString(), "--message");

            assertThat(patch).content().contains("diff --git a/compose.yaml b/compose.yaml\n");
            assertThat(out.toString()).startsWith("Mend TRD-004\n\nTRD-004 ");
        } finally {
            Files.deleteIfExists(patch);
        }
    }

    @Test
    void as_json_each_fix_has_its_edits() throws IOException {
        run("--format", "json");

        var json = new JsonMapper().readTree(out.toString());
        assertThat(json.at("/fixes/0/code").asText()).isEqualTo("TRD-004");
        assertThat(json.at("/fixes/0/edits/0/text").asText())
                .isEqualTo("    stop_grace_period: 60s\n");
        assertThat(json.at("/withheld/0/behaviour").asBoolean()).isTrue();
        assertThat(json.at("/by_hand/0/because").asText()).isNotEmpty();
        assertThat(json.at("/patch").asText()).contains("@@ -");
    }

    @Test
    void own_checks_are_answered_for_and_never_taken_for_nothing_to_mend() {
        assertThat(run("--check", "OWN-001")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString())
                .isEqualTo(
                        "pitcrew harden: OWN-001: nothing that own checks find is mended; `pitcrew explain CODE` says what to do\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void own_checks_beside_others_are_answered_for_and_the_others_mended() {
        assertThat(run("--check", "OWN,TRD")).isEqualTo(ExitCode.REFUSED);

        assertThat(err.toString()).contains("OWN: nothing that own checks find is mended");
        assertThat(out.toString()).contains("1 fix in 1 file");
    }

    @Test
    void own_checks_of_one_file_are_answered_for() {
        var file = folder.resolve("compose.yaml").toString();

        assertThat(
                        Main.run(
                                new PrintWriter(out, true),
                                new PrintWriter(err, true),
                                "assess",
                                file,
                                "--only",
                                "OWN-001"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("own checks look at a whole repository: name its folder");
    }

    private ExitCode run(String... args) {
        var line = new java.util.ArrayList<String>();
        line.add("harden");
        line.add(folder.toString());
        line.addAll(java.util.List.of(args));
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }
}
