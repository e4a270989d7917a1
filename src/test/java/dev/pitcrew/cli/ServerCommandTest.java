package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"haproxy", "nginx"})
    void a_balancer_of_which_nobody_says_where_it_is_is_a_configuration_error_with_its_place(
            String balancer) throws IOException {
        var file = folder.resolve("pitcrew.yaml");
        Files.writeString(
                file,
                """
                system: small
                services:
                  quotes:
                    role: stateless
                    command: ["true"]
                    ports: {http: auto}
                    rollout: {strategy: stop-start}
                environments:
                  paper:
                    kind: paper
                    balancer: %s
                    approval: none
                """
                        .formatted(balancer));

        var end = server(file);

        assertThat(end).as(err.toString()).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .isEqualTo(
                        """
                        pitcrew: %s:11:15 environment paper names %s as its balancer, and doesn't say where that is; \
                        say so in proxy, as docs/traffic.md shows
                        """
                                .formatted(file, balancer));
        assertThat(out.toString()).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_market_gate_that_cannot_be_measured_is_a_configuration_error_with_its_places()
            throws IOException {
        var calendars = folder.resolve("our.calendar");
        Files.writeString(calendars, "venue XNYS\nfreeze 2026-12-24\n");
        var file = folder.resolve("pitcrew.yaml");
        Files.writeString(
                file,
                """
                system: small
                services:
                  quotes: {role: stateless, command: ["true"], rollout: {strategy: stop-start}}
                environments:
                  demo:
                    kind: demo
                    approval: none
                    gates:
                      market: {venues: [XNYS], calendars: our.calendar}
                """);

        var end = server(file);

        assertThat(end).as(err.toString()).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .isEqualTo(
                        "pitcrew: %s:9:15 the market gate can't be measured: %s:2:18 the line ends; wanted a reason in double quotes\n"
                                .formatted(file, calendars));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private ExitCode server(Path file) {
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "server",
                "--file",
                file.toString(),
                "--dir",
                folder.resolve("data").toString());
    }
}
