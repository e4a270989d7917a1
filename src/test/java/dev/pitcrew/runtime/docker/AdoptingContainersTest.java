package dev.pitcrew.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.runtime.process.AdoptSpec;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A container that Compose has started becomes an instance as it runs, on a real engine.
@Tag("real")
class AdoptingContainersTest {
    private static final Owner OWNER = new Owner("adopting", "paper");

    @TempDir private Path folder;
    private TestingDocker docker;
    private String container = "";

    @BeforeEach
    void start() throws IOException {
        docker = TestingDocker.shared();
        docker.tiny("adopting:1");
        TestingCompose.network(docker, "adopting");
        container =
                TestingCompose.serve(
                        docker,
                        "adopting",
                        "feed",
                        "adopting:1",
                        List.of("sleep", "1000"),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of());
    }

    @AfterEach
    void end() {
        if (docker != null) {
            TestingCompose.remove(docker, container);
            TestingCompose.removeNetwork(docker, "adopting");
        }
    }

    @Test
    void it_runs_on_under_its_id_and_whoever_comes_next_knows_it() throws IOException {
        var before = found();
        assertThat(processes().known()).isEmpty();

        var started = processes().adopt(spec("feed-1"));
        var again = processes().adopt(spec("feed-1"));

        assertThat(started)
                .isEqualTo(again)
                .isInstanceOfSatisfying(
                        Started.Runs.class, one -> assertThat(one.already()).isTrue());
        assertThat(found().state()).isEqualTo(before.state());
        assertThat(found().restart().policy()).isEqualTo("no");
        assertThat(processes().known())
                .extracting(KnownProcess::instance, KnownProcess::service, KnownProcess::version)
                .containsExactly(tuple("feed-1", "feed", "adopted"));
    }

    @Test
    void its_end_is_confirmed_and_then_its_container_stays_and_is_forgotten() throws IOException {
        var processes = processes();
        var _ = processes.adopt(spec("feed-1"));

        assertThat(processes.kill("feed-1").dead()).isTrue();
        processes.forget("feed-1");

        assertThat(processes().known()).isEmpty();
        assertThat(found().state().status()).isEqualTo("exited");
    }

    @Test
    void one_that_has_ended_is_not_taken_over() throws IOException {
        var processes = processes();
        TestingCompose.kill(docker, container);

        assertThat(processes.adopt(spec("feed-1"))).isInstanceOf(Started.Refused.class);
        assertThat(processes.known()).isEmpty();
    }

    private AdoptSpec spec(String instance) {
        return new AdoptSpec(instance, "feed", "adopted", container, Map.of());
    }

    private Container found() {
        return docker.engine().container(container).orThrow();
    }

    /// As a controller that begins.
    private DockerProcesses processes() throws IOException {
        return new DockerProcesses(docker.engine(), OWNER, folder.resolve("adopted.json"));
    }
}
