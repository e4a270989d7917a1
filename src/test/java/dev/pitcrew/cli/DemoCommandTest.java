package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verb itself, as a process of its own that a person interrupts.
@Tag("real")
class DemoCommandTest {
    private static final long LIMIT_SECONDS = 60;

    @TempDir private Path folder;

    @Test
    void an_interrupt_leaves_neither_a_process_nor_a_file_behind() throws Exception {
        var desk = Path.of("examples", "desk").toAbsolutePath();
        assumeThat(desk.resolve("target/desk.jar")).exists();
        var temporary = Files.createDirectories(folder.resolve("tmp"));
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var demo =
                new ProcessBuilder(
                                Again.command(
                                        List.of("-Djava.io.tmpdir=" + temporary),
                                        List.of(
                                                "demo",
                                                "--good-only",
                                                "--format",
                                                "json",
                                                "--file",
                                                desk.resolve("pitcrew.yaml").toString())))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            var isUp =
                    DemoWorld.until(
                            LIMIT_SECONDS, () -> says(err, "whole") || says(err, "serves version"));
            assertThat(isUp).as(Files.readString(err)).isTrue();
            assertThat(processesOf(temporary)).hasSizeGreaterThan(5);

            demo.destroy();

            assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(processesOf(temporary)).isEmpty();
            try (var left = Files.list(temporary)) {
                assertThat(left.filter(one -> one.toString().contains("pitcrew-demo"))).isEmpty();
            }
            assertThat(out).isEmptyFile(); // how it went is on stderr, beside the JSON to come
        } finally {
            demo.destroyForcibly();
            for (var pid : processesOf(temporary)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static boolean says(Path file, String words) {
        try {
            return Files.readString(file).contains(words);
        } catch (IOException _) {
            return false;
        }
    }

    /// Who works in a folder: its environment, or its command line, names it.
    private static List<Long> processesOf(Path folder) {
        var found = new ArrayList<Long>();
        ProcessHandle.allProcesses()
                .filter(one -> one.pid() != ProcessHandle.current().pid())
                .filter(
                        one ->
                                names(one, "environ", folder + "/pitcrew-demo")
                                        || names(one, "cmdline", folder + "/pitcrew-demo"))
                .forEach(one -> found.add(one.pid()));
        return found;
    }

    private static boolean names(ProcessHandle process, String file, String text) {
        try {
            var path = Path.of("/proc", Long.toString(process.pid()), file);
            return Files.readString(path, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException _) { // it is gone, or not ours
            return false;
        }
    }
}
