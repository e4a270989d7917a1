package dev.pitcrew.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.ledger.SmallDisk;
import dev.pitcrew.runtime.process.Contained;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine that hangs, answers late, lies, has no room, or is restarted.
@Tag("real")
class DockerFaultsTest {
    private static final Owner OWNER = new Owner("faults", "test");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir Path folder;

    @Test
    void an_engine_that_hangs_hides_nothing_that_runs_and_confirms_nothing() throws IOException {
        var docker = TestingDocker.shared();
        var image = docker.tiny("faults:1");
        try (var proxy = new StallingProxy(folder.resolve("proxy"), docker.socket());
                var engine = Engine.at(EnginePlace.of(folder.resolve("proxy")))) {
            var processes = new DockerProcesses(engine, OWNER);
            var started = processes.start(polite("gateway-1", image));
            assertThat(started).isInstanceOf(Started.Runs.class);
            var runs = processes.state("gateway-1");
            assertThat(processes.known()).hasSize(1); // as a controller does that begins
            proxy.stall();

            assertThat(processes.state("gateway-1")).isEqualTo(runs);
            assertThat(processes.known()).hasSize(1);
            assertThat(new DockerProcesses(engine, OWNER).state("gateway-1"))
                    .isInstanceOf(Unknown.class);
            assertThat(processes.kill("gateway-1").dead()).isFalse();
            assertThat(processes.start(polite("gateway-2", image)))
                    .isInstanceOf(Started.Refused.class);
            assertThat(processes.state("gateway-2")).isInstanceOf(Unknown.class);

            proxy.resume();
            Awaiting.until(
                    "the engine to be heard again",
                    LIMIT,
                    () -> processes.kill("gateway-1").dead(),
                    docker::said);
            assertThat(processes.kill("gateway-2").dead()).isTrue();
        } finally {
            docker.clean(OWNER);
        }
    }

    @Test
    void an_engine_that_says_that_it_ended_what_lives_is_not_believed() throws IOException {
        var docker = TestingDocker.shared();
        var image = docker.tiny("faults:1");
        try (var proxy = new LyingProxy(folder.resolve("proxy"), docker.socket());
                var engine = Engine.at(EnginePlace.of(folder.resolve("proxy")))) {
            var processes = new DockerProcesses(engine, OWNER);
            assertThat(processes.start(polite("gateway-1", image)))
                    .isInstanceOf(Started.Runs.class);
            proxy.lie(true);

            assertThat(processes.stop("gateway-1", Duration.ofMillis(100)).dead()).isFalse();
            assertThat(new DockerProcesses(engine, OWNER).kill("gateway-1").dead()).isFalse();
            assertThat(new DockerProcesses(engine, OWNER).state("gateway-1"))
                    .isInstanceOfSatisfying(
                            Unknown.class,
                            one -> assertThat(one.why()).contains("a process of it lives"));

            proxy.lie(false);
            assertThat(processes.kill("gateway-1").dead()).isTrue();
        } finally {
            docker.clean(OWNER);
        }
    }

    @Test
    void an_engine_whose_disk_is_full_refuses_and_starts_the_same_one_once_there_is_room()
            throws Exception {
        TestingDocker.shared();
        var data = Files.createDirectories(folder.resolve("data"));
        var disk = SmallDisk.mount(data, 48);
        try (var docker = new TestingDocker("--data-root=" + data)) {
            var processes = new DockerProcesses(docker.engine(), OWNER);
            var image = docker.tiny("faults:1");
            disk.fill();

            assertThat(processes.start(polite("gateway-1", image)))
                    .isInstanceOfSatisfying(
                            Started.Refused.class,
                            one -> assertThat(one.toString()).contains("no space left on device"));
            assertThat(processes.state("gateway-1")).isNotInstanceOf(Running.class);

            disk.makeRoom();
            assertThat(processes.kill("gateway-1").dead()).isTrue();
            assertThat(processes.start(polite("gateway-1", image)))
                    .isInstanceOf(Started.Runs.class);
        } finally {
            disk.unmount();
        }
    }

    @Test
    void what_a_busy_engine_made_once_its_start_was_given_up_is_dropped_and_what_runs_is_not()
            throws IOException {
        var docker = TestingDocker.shared();
        var processes = new DockerProcesses(docker.engine(), OWNER);
        try {
            var image = docker.tiny("faults:1");
            processes.start(polite("gateway-1", image));
            make(docker.engine(), polite("gateway-2", image));
            assertThat(processes.known())
                    .extracting(KnownProcess::instance)
                    .containsExactly("gateway-1", "gateway-2");

            processes.forget("gateway-1");
            processes.forget("gateway-2");

            assertThat(processes.known())
                    .extracting(KnownProcess::instance)
                    .containsExactly("gateway-1");
            assertThat(processes.state("gateway-1")).isInstanceOf(Running.class);
        } finally {
            docker.clean(OWNER);
        }
    }

    /// And does not start it.
    private static void make(Engine engine, ProcessSpec spec) {
        var image = engine.image(spec.contained().orElseThrow().image()).orThrow().id();
        var labels = OWNER.labels(spec, "1");
        var creation =
                new Creation(
                        OWNER.name(spec.instance()), image, labels, KnownProcess.LOOPBACK, spec);
        engine.call(LIMIT, client -> creation.command(client).exec().getId()).orThrow();
    }

    @Test
    void the_kernel_tells_whether_anything_of_a_container_lives_whatever_the_engine_says()
            throws IOException {
        var docker = TestingDocker.shared();
        var processes = new DockerProcesses(docker.engine(), OWNER);
        try {
            processes.start(polite("gateway-1", docker.tiny("faults:1")));
            var id = docker.engine().container(OWNER.name("gateway-1")).orThrow().id();
            var kernel = new Kernel(true);

            assertThat(kernel.hasProcessOf(id)).isTrue();
            processes.kill("gateway-1");
            assertThat(kernel.hasProcessOf(id)).isFalse();
        } finally {
            docker.clean(OWNER);
        }
    }

    @Test
    void with_live_restore_containers_outlive_the_engine_and_are_found_again() throws IOException {
        TestingDocker.shared(); // it can't be had: skipped
        try (var docker = new TestingDocker("--live-restore")) {
            var processes = new DockerProcesses(docker.engine(), OWNER);
            var image = docker.tiny("faults:1");
            processes.start(polite("gateway-1", image));
            var before = processes.state("gateway-1");
            docker.restart("--live-restore");

            assertThat(processes.state("gateway-1")).isEqualTo(before);
            var again = new DockerProcesses(docker.engine(), OWNER);
            Awaiting.until(
                    "the engine's word",
                    LIMIT,
                    () -> again.state("gateway-1").equals(before),
                    docker::said);
            assertThat(again.kill("gateway-1"))
                    .isInstanceOfSatisfying(
                            Exited.class, one -> assertThat(one.code()).isEqualTo(137));
        }
    }

    @Test
    void without_it_they_end_with_the_engine_and_the_next_one_says_so() throws IOException {
        TestingDocker.shared();
        try (var docker = new TestingDocker()) {
            var processes = new DockerProcesses(docker.engine(), OWNER);
            processes.start(polite("gateway-1", docker.tiny("faults:1")));
            assertThat(processes.state("gateway-1")).isInstanceOf(Running.class);
            docker.restart();

            Awaiting.until(
                    "its death", LIMIT, () -> processes.state("gateway-1").dead(), docker::said);
            assertThat(processes.start(polite("gateway-1", docker.tiny("faults:1"))))
                    .isInstanceOf(Started.Runs.class);
        }
    }

    private ProcessSpec polite(String instance, String image) {
        var script = "trap 'exit 0' TERM; while :; do sleep 0.02; done";
        return new ProcessSpec(
                        instance,
                        "gateway",
                        "1",
                        List.of("sh", "-c", script),
                        Map.of(),
                        folder,
                        folder.resolve(instance + ".log"),
                        Map.of())
                .in(Contained.of(image));
    }
}
