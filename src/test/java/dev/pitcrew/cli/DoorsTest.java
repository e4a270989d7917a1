package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.server.Grant;
import dev.pitcrew.server.Operators;
import dev.pitcrew.server.Right;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a controller may listen, and what an operator's token may be limited to.
@Tag("real")
class DoorsTest {
    @TempDir Path folder;
    private final StringWriter err = new StringWriter();
    private MortalDesk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new MortalDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void no_controller_listens_elsewhere_without_a_certificate() {
        for (var address : List.of("0.0.0.0:8080", "127.0.0.1:8080", "desk.example:443")) {
            assertThat(run("server", "--listen", address)).isEqualTo(ExitCode.USAGE);
        }
        assertThat(err.toString()).contains("other hosts are never served in the clear");
        assertThat(run("server", "--certificate", "a.pem")).isEqualTo(ExitCode.USAGE);
        assertThat(run("server", "--listen", "8080", "--certificate", "a", "--key", "b"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(desk.data().controller()).doesNotExist();
    }

    @Test
    void a_certificate_that_is_none_ends_it_with_the_reason() {
        assertThat(
                        run(
                                "server",
                                "--listen",
                                "127.0.0.1:0",
                                "--certificate",
                                "none.pem",
                                "--key",
                                "none.pem"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("none.pem");
    }

    @Test
    void an_operator_may_be_limited_to_rights_environments_desks_and_time() {
        assertThat(
                        run(
                                "operator",
                                "add",
                                "eve",
                                "--rights",
                                "approve,stop",
                                "--in",
                                "demo",
                                "--of",
                                "equities",
                                "--expires",
                                "90d"))
                .isEqualTo(ExitCode.OK);

        Grant grant =
                new Operators(desk.data().operators(), new SecureRandom())
                        .listed().stream()
                                .filter(one -> one.name().equals("eve"))
                                .findFirst()
                                .orElseThrow()
                                .grant();
        assertThat(grant.rights()).isEqualTo(EnumSet.of(Right.READ, Right.APPROVE, Right.STOP));
        assertThat(grant.environments()).isEqualTo(Set.of("demo"));
        assertThat(grant.owners()).isEqualTo(Set.of("equities"));
        assertThat(grant.until().orElseThrow())
                .isAfter(Instant.now().plus(Duration.ofDays(89)))
                .isBefore(Instant.now().plus(Duration.ofDays(91)));
    }

    @Test
    void a_right_that_does_not_exist_is_refused_with_those_that_do() {
        assertThat(run("operator", "add", "eve", "--rights", "root")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("there are read, change, approve, stop");
    }

    private ExitCode run(String... verb) {
        var line = new ArrayList<>(List.of(verb));
        line.addAll(
                List.of("--file", desk.file().toString(), "--dir", desk.data().path().toString()));
        var out = new PrintWriter(new StringWriter());
        return Main.run(out, new PrintWriter(err, true), line.toArray(String[]::new));
    }
}
