package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.runtime.docker.DockerProcesses;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verb `demo --docker`, as a process of its own: the same desk and audit, in containers of a real engine.
@Tag("real")
class DemoOnDockerTest {
    private static final Owner OWNER = new Owner("desk", "docker");
    private static final Path DESK = Path.of("examples", "desk").toAbsolutePath();

    @TempDir private Path folder;

    @Tag("long")
    @Test
    void good_versions_in_containers_lose_nothing_and_nothing_is_left_behind() throws Exception {
        var docker = TestingDocker.shared();

        var report =
                played(
                        "unix://" + docker.socket(),
                        "--good-only",
                        "--rate",
                        "60",
                        "--seconds",
                        "5");

        assertThat(report.exitCode()).as(report.said()).isZero();
        var json = new JsonMapper().readTree(report.out());
        assertThat(json.path("good").asBoolean()).isTrue();
        assertThat(json.path("orders").path("acknowledged").asLong()).isPositive();
        assertThat(json.path("handoff").path("count").asLong()).isPositive();
        assertNothingIsLeft(docker);
    }

    @Tag("long")
    @Test
    void bad_versions_and_deaths_in_containers_end_as_they_do_among_processes() throws Exception {
        var docker = TestingDocker.shared();

        var report = played("unix://" + docker.socket()); // as many orders as the judge wants

        assertThat(report.exitCode()).as(report.said()).isZero();
        var json = new JsonMapper().readTree(report.out());
        assertThat(json.path("failures")).hasSize(4);
        assertThat(json.path("failover").path("count").asLong()).isEqualTo(2);
        assertNothingIsLeft(docker);
    }

    @Test
    void without_an_engine_it_says_what_to_do_and_leaves_nothing() throws Exception {
        var report = played("unix://" + folder.resolve("no-socket"), "--good-only");

        assertThat(report.exitCode()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(report.said()).contains("no-socket", "start Docker");
        try (var left = Files.list(folder)) {
            assertThat(left.filter(one -> one.toString().contains("pitcrew-demo"))).isEmpty();
        }
    }

    private static void assertNothingIsLeft(TestingDocker docker) {
        assertThat(new DockerProcesses(docker.engine(), OWNER).known()).isEmpty();
        assertThat(docker.engine().image("pitcrew-demo:base").found()).isEmpty();
    }

    private record Played(int exitCode, String out, String said) {}

    private Played played(String engine, String... more) throws Exception {
        assumeThat(DESK.resolve("target/desk.jar")).exists();
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var words = new ArrayList<>(List.of("demo", "--docker", "--format", "json"));
        words.addAll(List.of("--file", DESK.resolve("pitcrew.yaml").toString()));
        words.addAll(List.of(more));
        var command = Again.command(List.of("-Djava.io.tmpdir=" + folder), words);
        var builder = new ProcessBuilder(command);
        builder.environment().put("DOCKER_HOST", engine);
        var demo = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(demo.waitFor(6, TimeUnit.MINUTES)).as(Files.readString(err)).isTrue();
            var text = Files.readString(out);
            return new Played(demo.exitValue(), text, Files.readString(err) + text);
        } finally {
            demo.destroy();
            demo.waitFor(60, TimeUnit.SECONDS);
        }
    }
}
