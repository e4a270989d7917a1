package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitCommandTest {
    private static final String COMPOSE =
            """
            services:
              executor:
                image: ghcr.io/desk/executor:1.4
              ticks:
                image: ghcr.io/desk/ticks:1.4
            """;

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), COMPOSE);
        file = folder.resolve("pitcrew.yaml");
    }

    @Test
    void what_it_writes_up_plan_accepts_and_starts_nothing() {
        assertThat(run("init", folder.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains(file + ": 2 of 2 services", "senders: executor (name executor at");

        out.getBuffer().setLength(0);
        assertThat(run("up", "--plan", "--file", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("paper, kind paper, approval delay 5m\n")
                .contains("ghcr.io/desk/executor:1.4; one active, changed by stop-start\n")
                .endsWith("nothing was started\n");
        assertThat(folder.resolve(".pitcrew")).doesNotExist();
    }

    @Test
    void a_file_that_is_there_is_left_alone_unless_force_is_said() throws IOException {
        Files.writeString(file, "mine");

        assertThat(run("init", folder.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(file).hasContent("mine");
        assertThat(err.toString()).contains("--force writes over it");

        assertThat(run("init", folder.toString(), "--force")).isEqualTo(ExitCode.OK);
        assertThat(file).content().startsWith("# Begun by `pitcrew init`");
    }

    @Test
    void it_goes_to_stdout_and_into_another_folder_from_where_it_names_the_project()
            throws IOException {
        assertThat(run("init", folder.toString(), "--output", "-")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\nfrom: compose.yaml\n");
        assertThat(file).doesNotExist();

        Path elsewhere = Files.createDirectory(folder.resolve("ops")).resolve("desk.yaml");
        assertThat(run("init", folder.toString(), "--output", elsewhere.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(elsewhere).content().contains("\nfrom: ../compose.yaml\n");
        assertThat(run("up", "--plan", "--file", elsewhere.toString())).isEqualTo(ExitCode.OK);
    }

    @Test
    void as_json_it_says_what_was_found_and_what_was_chosen_and_why() throws IOException {
        run("init", folder.toString(), "--format", "json", "--answer", "kind=live");

        var json = new JsonMapper().readTree(out.toString());
        assertThat(json.at("/services/0/because").asText()).isEqualTo("name executor");
        assertThat(json.at("/questions/0/chosen").asText()).isEqualTo("executor");
        assertThat(json.at("/questions/1/answered").asBoolean()).isTrue();
        assertThat(json.at("/text").asText()).isEqualTo(Files.readString(file));
    }

    @Test
    void an_answer_that_is_none_names_those_there_are_and_writes_nothing() {
        assertThat(run("init", folder.toString(), "--answer", "kind=perhaps"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("init", folder.toString(), "--answer", "mood=good"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(err.toString())
                .contains("live, paper, demo", "senders, kind, approval, drain, calendar");
        assertThat(file).doesNotExist();
    }

    @Test
    void on_a_terminal_it_asks_five_questions_at_most_and_an_empty_line_takes_what_is_there() {
        assertThat(typed("ticks,executor\nperhaps\nlive\n\n20s\nXNYS\n")).isEqualTo(ExitCode.OK);

        assertThat(out.toString())
                .containsSubsequence(
                        "Which services send orders",
                        "[executor] ",
                        "What is at stake",
                        "'perhaps' is none of them",
                        "Who has to agree",
                        "two-people | delay 5m\n",
                        "[two-people] ",
                        "How long may a sender",
                        "By which calendars");
        assertThat(file)
                .content()
                .contains(
                        "kind: live",
                        "approval: two-people",
                        "market: {venues: [XNYS]}",
                        "limit: 20s}}   # answered",
                        "# answered; by its files: market data");
    }

    @Test
    void whoever_leaves_gets_what_the_files_say_for_the_rest() {
        assertThat(typed("executor\n")).isEqualTo(ExitCode.OK);

        assertThat(file).content().contains("kind: paper");
    }

    private ExitCode typed(String lines) {
        var command =
                new InitCommand(() -> Optional.of(new BufferedReader(new StringReader(lines))));
        var line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        line.execute(folder.toString());
        return line.getExecutionResult();
    }

    private ExitCode run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
