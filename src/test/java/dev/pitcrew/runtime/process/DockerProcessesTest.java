package dev.pitcrew.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.docker.DockerProcesses;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of the processes' port on a real Docker engine, and what only containers have.
@Tag("real")
class DockerProcessesTest extends ProcessesContract {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir Path folder;

    private final Owner owner = new Owner("contract", "test" + NEXT.incrementAndGet());
    private TestingDocker docker;
    private DockerProcesses processes;
    private String image;

    @BeforeEach
    void open() throws IOException {
        docker = TestingDocker.shared();
        image = docker.tiny("tiny:1");
        processes = new DockerProcesses(docker.engine(), owner);
    }

    @AfterEach
    void killAll() {
        if (docker != null) {
            docker.clean(owner);
        }
    }

    @Override
    Processes processes() {
        return processes;
    }

    @Override
    Processes afterControllerRestart() {
        return new DockerProcesses(docker.engine(), owner);
    }

    @Override
    ProcessSpec polite(String instance) {
        return shell(instance, "trap 'exit 0' TERM; echo settled; while :; do sleep 0.02; done");
    }

    @Override
    ProcessSpec stubborn(String instance) {
        return shell(instance, "trap '' TERM; echo settled; while :; do sleep 0.02; done");
    }

    @Override
    ProcessSpec ending(String instance, int code) {
        return shell(instance, "exit " + code);
    }

    /// Its image is not there.
    @Override
    ProcessSpec refused(String instance) {
        return spec(instance, List.of("sh"), Contained.of("nothing:1"));
    }

    @Override
    void settle(String instance) {
        eventually(() -> processes.log(instance, 10).contains("settled"));
    }

    @Override
    void freeze(String instance) {
        var pid = ((Running) processes.state(instance)).pid();
        try {
            var kill = new ProcessBuilder("kill", "-s", "STOP", "--", "" + pid).start();
            assertThat(kill.waitFor(Duration.ofSeconds(5))).isTrue();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    void eventually(BooleanSupplier condition) {
        Awaiting.until("it", LIMIT, condition, docker::said);
    }

    @Test
    void a_program_that_is_not_there_ends_with_127() {
        var started = processes.start(spec("gateway-1", List.of("/no/such"), Contained.of(image)));

        assertThat(started.toString()).contains("/no/such");
        assertThat(((Exited) processes.state("gateway-1")).code()).isEqualTo(127);
    }

    @Test
    void what_reaches_its_memory_limit_is_ended_by_the_kernel_and_a_later_controller_knows_it() {
        var greedy = "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done";
        var limited = Contained.of(image).withMemory(16 << 20);
        processes.start(spec("gateway-1", List.of("sh", "-c", greedy), limited));
        eventually(() -> processes.state("gateway-1").dead());

        assertThat(afterControllerRestart().state("gateway-1"))
                .isInstanceOfSatisfying(
                        Exited.class,
                        one -> {
                            assertThat(one.code()).isEqualTo(137);
                            assertThat(one.why()).contains("memory limit");
                        });
    }

    @Test
    void its_own_grace_is_longer_than_that_of_whoever_stops_it() {
        var slow = "trap 'sleep 1; exit 5' TERM; echo settled; while :; do sleep 0.02; done";
        var patient = Contained.of(image).withGrace(Duration.ofSeconds(10));
        processes.start(spec("gateway-1", List.of("sh", "-c", slow), patient));
        settle("gateway-1");

        assertThat(((Exited) processes.stop("gateway-1", GRACE)).code()).isEqualTo(5);
    }

    @Test
    void a_paused_container_is_seen_and_can_be_killed() {
        processes.start(polite("gateway-1"));
        docker.pause(owner, "gateway-1");
        var again = afterControllerRestart();

        assertThat(((Running) again.state("gateway-1")).stopped()).isTrue();
        assertThat(again.kill("gateway-1").dead()).isTrue();
    }

    @Test
    void what_was_made_and_never_started_is_in_doubt_until_it_is_killed() {
        docker.create(owner, polite("gateway-1"), image);

        assertThat(processes.state("gateway-1")).isInstanceOf(ProcessState.Unknown.class);
        assertThat(processes.kill("gateway-1")).isInstanceOf(ProcessState.Gone.class);
        assertThat(processes.start(polite("gateway-1"))).isInstanceOf(Started.Runs.class);
    }

    @Test
    void two_controllers_that_start_one_instance_at_once_start_one_container() {
        List<Processes> controllers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            controllers.add(afterControllerRestart());
        }
        List<Started> started =
                controllers.parallelStream().map(each -> each.start(polite("gateway-1"))).toList();

        assertThat(started).hasOnlyElementsOfType(Started.Runs.class);
        assertThat(started.stream().map(one -> ((Started.Runs) one).pid()).distinct()).hasSize(1);
    }

    @Test
    void another_owners_containers_are_neither_listed_nor_touched() {
        processes.start(polite("gateway-1"));
        var others = new DockerProcesses(docker.engine(), new Owner("contract", "others"));

        assertThat(others.known()).isEmpty();
        assertThat(others.kill("gateway-1").dead()).isTrue();
        assertThat(processes.state("gateway-1")).isInstanceOf(Running.class);
    }

    @Test
    void the_image_that_runs_is_the_one_that_was_meant_whatever_its_tag_says_by_now()
            throws IOException {
        processes.start(polite("gateway-1"));
        docker.other("tiny:1");

        assertThat(docker.imageOf(owner, "gateway-1")).isEqualTo(image);
    }

    @Test
    void where_a_network_is_missing_nothing_is_made() {
        var of = Contained.of(image);
        var lost =
                new Contained(
                        image,
                        "",
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of("nowhere", List.of()),
                        of.declared(),
                        0,
                        Duration.ZERO);

        var started = processes.start(spec("gateway-1", List.of("sh"), lost));

        assertThat(started.toString()).contains("the engine has no network nowhere");
        assertThat(processes.state("gateway-1")).isInstanceOf(ProcessState.Gone.class);
    }

    @Test
    void what_it_uses_is_known_while_it_runs() {
        processes.start(polite("gateway-1"));
        settle("gateway-1");

        assertThat(processes.use("gateway-1"))
                .hasValueSatisfying(one -> assertThat(one.memoryBytes()).isPositive());
        processes.kill("gateway-1");
        assertThat(processes.use("gateway-1")).isEmpty();
    }

    private ProcessSpec shell(String instance, String script) {
        return spec(instance, List.of("sh", "-c", script), Contained.of(image));
    }

    private ProcessSpec spec(String instance, List<String> argv, Contained container) {
        return new ProcessSpec(
                        instance,
                        "gateway",
                        "1",
                        argv,
                        Map.of(),
                        folder,
                        folder.resolve(instance + ".log"),
                        Map.of())
                .in(container);
    }
}
