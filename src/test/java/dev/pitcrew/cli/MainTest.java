package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void schema_prints_json_on_stdout_and_nothing_else() {
        assertThat(run("schema")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("{").endsWith("}\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void an_unknown_verb_is_a_usage_error_on_stderr() {
        assertThat(run("shcema")).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("'shcema'");
    }

    @Test
    void an_unknown_option_is_a_usage_error_on_stderr() {
        assertThat(run("schema", "--colour")).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--colour");
    }

    @Test
    void each_verb_explains_itself_without_colour_in_a_pipe() {
        assertThat(Verbs.ALL).isSortedAccordingTo(Comparator.comparing(Verb::name));
        for (Verb verb : Verbs.ALL) {
            assertThat(run(verb.name(), "--help")).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).contains(verb.summary()).doesNotContain("\u001b[");
        }
    }

    @Test
    void help_lists_every_verb_and_exit_code() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(Verbs.ALL)
                .allSatisfy(verb -> assertThat(out.toString()).contains(verb.summary()));
        assertThat(ExitCode.values())
                .allSatisfy(code -> assertThat(out.toString()).contains(code.meaning()));
    }

    private ExitCode run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
