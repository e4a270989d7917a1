package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Own checks and baselines, as a person at a terminal meets them.
class CheckCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("compose.yaml"),
                "services:\n  db:\n    image: postgres:16.4\n    command: [postgres, -c, fsync=off]\n");
    }

    @Test
    void a_new_check_works_is_run_by_assess_and_is_never_overwritten() throws IOException {
        assertThat(run("check", "new", "own-007", "--in", folder.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(run("check", "test", "--in", folder.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("ok   OWN-007\n      bad: compose.yaml:2:3 gateway runs ");
        out.getBuffer().setLength(0);

        assertThat(run("assess", folder.toString(), "--only", "OWN")).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString())
                .contains("HIGH  OWN-007 image-of-elsewhere", "db runs postgres:16.4")
                .doesNotContain("TRD-014");
        assertThat(run("check", "new", "OWN-007", "--in", folder.toString()))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(run("check", "new", "TRD-007", "--in", folder.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_broken_check_stops_assess_and_the_test_with_its_place() throws IOException {
        Path file = folder.resolve("pitcrew-checks/OWN-001.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "code: OWN-001\n");

        assertThat(run("assess", folder.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(run("check", "test", "--in", folder.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("OWN-001.yaml:1:1 a check needs when: ");
    }

    @Test
    void a_baseline_accepts_what_is_there_and_only_what_is_new_fails() throws IOException {
        String baseline = folder.resolve("baseline.json").toString();
        assertThat(run("assess", folder.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(run("assess", folder.toString(), "--write-baseline", baseline))
                .isEqualTo(ExitCode.OK);
        out.getBuffer().setLength(0);

        assertThat(run("assess", folder.toString(), "--baseline", baseline)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Against " + baseline + ": 0 new, 0 gone, ");
        Files.writeString(
                folder.resolve("other.yaml"),
                "services:\n  pg:\n    image: postgres:16.4\n    command: [postgres, -c, fsync=off]\n");
        assertThat(run("assess", folder.toString(), "--baseline", baseline))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(run("assess", folder.toString(), "--baseline", baseline, "--since", "HEAD"))
                .isEqualTo(ExitCode.USAGE);
        Files.writeString(folder.resolve("baseline.json"), "{");
        assertThat(run("assess", folder.toString(), "--baseline", baseline))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("baseline.json:1:2 is no JSON");
    }

    @Test
    @Tag("real")
    void who_has_no_own_checks_loads_nothing_of_their_library() throws Exception {
        assertThat(loaded())
                .contains("dev.pitcrew.app.own.OwnChecks")
                .noneMatch(CheckCommandTest::isOfCel);
        run("check", "new", "OWN-001", "--in", folder.toString());
        assertThat(loaded()).anyMatch(CheckCommandTest::isOfCel);
    }

    private static boolean isOfCel(String name) {
        return name.startsWith("dev.cel.")
                || name.startsWith("com.google.")
                || name.startsWith("org.antlr.");
    }

    /// The classes that a process of its own loads for `assess`.
    private List<String> loaded() throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xshare:auto",
                                "-Xlog:class+load:stdout:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.pitcrew.cli.Main",
                                "assess",
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said.lines().map(line -> line.replaceAll(" source: .*", "").strip()).toList();
    }

    private ExitCode run(String... words) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }
}
