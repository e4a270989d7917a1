package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.server.ControllerFile;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller is replaced by another build of itself, which says another version, while a rollout is underway.
@Tag("real")
class UpgradedControllerTest {
    private static final String NEWER = "99.0.0";

    @TempDir private Path folder;
    private final List<Process> started = new ArrayList<>();
    private VerbDesk desk;

    @BeforeEach
    void aDesk() throws Exception {
        desk = new VerbDesk(folder, text -> text.replace("bake: 300ms", "bake: 4s")); // mid-rollout
    }

    @AfterEach
    void end() throws Exception {
        for (var one : started) {
            one.destroyForcibly().waitFor();
        }
        desk.close();
    }

    /// This program's classes in an archive that names another version.
    private String classpathOfAnotherBuild() throws Exception {
        var classes =
                Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var jar = folder.resolve("pitcrew-" + NEWER + ".jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, NEWER);
        try (OutputStream out = Files.newOutputStream(jar);
                var archive = new JarOutputStream(out, manifest);
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                archive.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, archive);
                archive.closeEntry();
            }
        }
        return System.getProperty("java.class.path").replace(classes.toString(), jar.toString());
    }

    private Process newer(String classpath, String... words) throws IOException {
        var command = new ArrayList<>(Again.command(List.of(), List.of(words)));
        command.set(command.indexOf("-cp") + 1, classpath);
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("newer.log").toFile())
                        .redirectInput(new File("/dev/null"))
                        .start();
        started.add(process);
        return process;
    }

    private Map<String, Long> pids() throws IOException {
        var pids = new TreeMap<String, Long>();
        for (var one : LocalProcesses.startedBefore(desk.data().processes()).known()) {
            if (one.state() instanceof Running(long pid, _, _)) {
                pids.put(one.instance(), pid);
            }
        }
        return pids;
    }

    private void await(String what, BooleanSupplier condition) {
        Awaiting.until(
                what, Duration.ofSeconds(60), condition, () -> desk.run("status").toString());
    }

    @Test
    void another_version_of_it_brings_the_rollout_to_its_end_and_touches_no_process()
            throws Exception {
        assertThat(desk.run("up").end()).as(desk.log()).isEqualTo(ExitCode.OK);
        assertThat(desk.run("deploy", "gateway", "2").end()).isEqualTo(ExitCode.OK);
        await(
                "the new version is active and watched",
                () -> desk.run("status").out().contains("bake"));
        var ran = pids();
        var older =
                ControllerFile.read(desk.data().controller())
                        .flatMap(ControllerFile::process)
                        .orElseThrow();
        older.destroy();
        older.onExit().get(20, TimeUnit.SECONDS);
        assertThat(pids()).isEqualTo(ran);

        var classpath = classpathOfAnotherBuild();
        newer(classpath, "--version").waitFor();
        assertThat(folder.resolve("newer.log")).hasContent("pitcrew " + NEWER);
        var _ =
                newer(
                        classpath,
                        "server",
                        "--file",
                        folder.resolve("pitcrew.yaml").toString(),
                        "--dir",
                        desk.data().path().toString());
        await("it answers", () -> ControllerFile.read(desk.data().controller()).isPresent());
        await(
                "the rollout is done",
                () -> {
                    try {
                        var gateway =
                                desk.run("status", "--format", "json").json().at("/services/0");
                        return gateway.path("version").asText().equals("2")
                                && gateway.path("changing").isNull();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        assertThat(pids()).isEqualTo(ran);
        assertThat(desk.run("ledger", "verify").end()).isEqualTo(ExitCode.OK);
    }
}
