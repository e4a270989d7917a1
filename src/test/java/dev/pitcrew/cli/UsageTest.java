package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a command line that can't be understood, of a file that is not there, and of a wrong folder.
class UsageTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("pitcrew.yaml"),
                """
                system: small
                services:
                  quotes: {role: stateless, command: ["true"], ports: {http: auto}}
                environments:
                  paper: {kind: paper, approval: none}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ledger prove | name the entry's index",
                "ledger prove abc | an entry's index is a whole number, got 'abc'",
                "ledger export | name the file to write",
                "operator add | name the operator",
                "kill --limit abc | a time is a number and a unit, such as 500ms, 5s, 3m or 2h, got 'abc'",
                "up --limit 5 | a time is a number and a unit, such as 500ms, 5s, 3m or 2h, got '5'",
                "deploy | Missing required parameters",
            })
    void a_wrong_line_is_wrong_usage_and_says_what_is_wrong(String line, String said) {
        assertThat(pitcrew(line)).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(said);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThat(pitcrew("ledger verify nofile")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).isEqualTo("pitcrew: there is no file nofile\n");
    }

    @Test
    void in_a_folder_without_a_system_file_no_verb_acts_on_another_desk() {
        for (var verb : List.of("kill", "status", "down", "freeze")) {
            var end = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), verb);

            assertThat(end).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(err.toString().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).contains("there is no pitcrew.yaml in"));
    }

    @Test
    void a_demo_is_played_in_an_environment_of_its_kind_only() {
        assertThat(pitcrew("demo")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .isEqualTo(
                        "pitcrew: paper is of kind paper, and a demo kills what it runs; name an environment of kind demo with --env\n");
    }

    private ExitCode pitcrew(String words) {
        var line = new ArrayList<>(List.of(words.split(" ")));
        line.addAll(List.of("--file", folder.resolve("pitcrew.yaml").toString()));
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }
}
