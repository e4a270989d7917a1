package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_check_is_told_with_the_controls_that_it_serves() {
        assertThat(run("explain", "TRD-091")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("restarted-for-ever", "## Controls", "- SEC 15c3-5 (c)(1)(ii)");
    }

    @Test
    void as_json_the_controls_are_a_list() {
        assertThat(run("explain", "TRD-091", "--format", "json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\"SEC 15c3-5 (c)(1)(ii)\"");
    }

    @Test
    void a_check_that_is_not_there_is_a_usage_error() {
        assertThat(run("explain", "TRD-999")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("TRD-999");
    }

    private ExitCode run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
