package dev.pitcrew.runtime.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class LocalProcessesTest extends ProcessesContract {
    @TempDir Path folder;

    private LocalProcesses processes;

    @BeforeEach
    void open() throws IOException {
        processes = new LocalProcesses(registry());
    }

    @AfterEach
    void killAll() {
        processes.known().forEach(known -> processes.kill(known.instance()));
    }

    @Override
    Processes processes() {
        return processes;
    }

    @Override
    Processes afterControllerRestart() {
        try {
            return new LocalProcesses(registry());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
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

    /// Its working folder is a file.
    @Override
    ProcessSpec refused(String instance) throws IOException {
        Path file = Files.writeString(folder.resolve("no-folder"), "");
        ProcessSpec good = polite(instance);
        return new ProcessSpec(
                instance,
                good.service(),
                good.version(),
                good.argv(),
                good.environment(),
                file,
                good.log(),
                good.ports());
    }

    @Override
    void settle(String instance) {
        eventually(() -> content(folder.resolve(instance + ".log")).endsWith("settled\n"));
    }

    @Override
    void freeze(String instance) {
        signal("STOP", ((Running) processes.state(instance)).pid());
    }

    @Override
    void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("it never came to hold");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void output_goes_to_the_log() throws IOException {
        ProcessSpec spec = shell("gateway-1", "echo out; echo err >&2");
        processes.start(spec);
        eventually(() -> processes.state("gateway-1").dead());

        assertThat(spec.log()).hasContent("out\nerr");
    }

    @Test
    void a_program_that_is_not_there_ends_with_127() {
        processes.start(spec("gateway-1", List.of("/no/such/program"), Map.of()));
        eventually(() -> processes.state("gateway-1").dead());

        assertThat(((Exited) processes.state("gateway-1")).code()).isEqualTo(127);
    }

    @Test
    void arguments_arrive_as_they_are() throws IOException {
        List<String> argv = List.of("printf", "%s|", "a b", "$HOME", "'", "", "*");
        ProcessSpec spec = spec("gateway-1", argv, Map.of());
        processes.start(spec);
        eventually(() -> processes.state("gateway-1").dead());

        assertThat(Files.readString(spec.log())).isEqualTo("a b|$HOME|'||*|");
    }

    @Test
    void the_environment_is_given_and_never_written_down() throws IOException {
        ProcessSpec spec =
                spec(
                        "gateway-1",
                        List.of("sh", "-c", "echo ${#FIX_PASSWORD}; sleep 60"),
                        Map.of("FIX_PASSWORD", "hunter2-secret"));
        processes.start(spec);
        eventually(() -> content(spec.log()).equals("14\n"));

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .noneMatch(file -> content(file).contains("hunter2"));
        }
        assertThat(spec.toString()).contains("FIX_PASSWORD").doesNotContain("hunter2");
    }

    @Test
    void a_process_lives_in_a_session_of_its_own() {
        long pid = pid(processes.start(polite("gateway-1")));

        long ours = ProcStat.of(ProcessHandle.current().pid()).orElseThrow().session();
        assertThat(ProcStat.of(pid).orElseThrow().session()).isNotEqualTo(ours);
    }

    @Test
    void killing_reaches_what_the_process_started_and_nobody_else() throws IOException {
        Path pids = folder.resolve("pids");
        processes.start(
                shell(
                        "gateway-1",
                        "sleep 60 & echo $! >>pids; setsid sleep 60 & echo $! >>pids; wait"));
        long other = pid(processes.start(polite("gateway-2")));
        eventually(() -> Files.exists(pids) && content(pids).lines().count() == 2);
        List<Long> children = content(pids).lines().map(Long::valueOf).toList();
        processes.kill("gateway-1");

        assertThat(children).noneMatch(LocalProcessesTest::lives);
        assertThat(lives(other)).isTrue();
    }

    @Test
    void a_name_is_taken_while_something_that_its_process_started_lives() {
        processes.start(shell("gateway-1", "sleep 60 & exit 1"));
        eventually(() -> processes.state("gateway-1").dead());
        Started refused = processes.start(polite("gateway-1"));

        assertThat(refused).isInstanceOf(Started.Refused.class);
        assertThat(refused.toString()).contains("kill it first");
        processes.kill("gateway-1");
        assertThat(processes.start(polite("gateway-1"))).isInstanceOf(Started.Runs.class);
    }

    @Test
    void two_controllers_that_start_one_instance_at_once_start_one_process() throws Exception {
        List<Processes> controllers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            controllers.add(afterControllerRestart());
        }
        List<Started> started =
                controllers.parallelStream().map(each -> each.start(polite("gateway-1"))).toList();

        assertThat(started).hasOnlyElementsOfType(Started.Runs.class);
        assertThat(started.stream().map(LocalProcessesTest::pid).distinct()).hasSize(1);
    }

    @Test
    void a_start_that_was_given_up_starts_nothing_later() throws Exception {
        var registry = Registry.forStarts(registry());
        var log = folder.resolve("late-1.log").toString();
        var entry = new Registry.Entry("given-up", "late-1", "late", "1", List.of(), Map.of(), log);
        registry.propose(entry);
        registry.withdraw(entry);
        var supervisor =
                new ProcessBuilder(
                                "sh",
                                registry.supervisor().toString(),
                                registry.folder().toString(),
                                "late-1",
                                "given-up",
                                log,
                                "touch",
                                folder.resolve("ran").toString())
                        .start();
        assertThat(supervisor.waitFor()).isNotZero();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void a_pid_that_was_reused_is_not_taken_for_the_process() throws IOException {
        long stranger = pid(processes.start(polite("gateway-2")));
        processes.start(ending("gateway-1", 0));
        eventually(() -> processes.state("gateway-1").dead());
        Files.delete(registry().resolve("gateway-1.exit"));
        Path run = registry().resolve("gateway-1.run");
        String[] words = content(run).trim().split(" ", -1);
        words[1] = Long.toString(stranger);
        words[2] = Long.toString(Long.parseLong(words[2]) + 1); // both may be of one tick
        Files.writeString(run, String.join(" ", words));

        assertThat(processes.state("gateway-1")).isInstanceOf(Gone.class);
        processes.kill("gateway-1");
        assertThat(lives(stranger)).isTrue();
    }

    @Test
    void a_process_of_an_earlier_boot_is_gone() throws IOException {
        processes.start(polite("gateway-1"));
        Path run = registry().resolve("gateway-1.run");
        String before = content(run);
        Files.writeString(run, before.substring(0, before.lastIndexOf(' ')) + " another-boot\n");

        assertThat(processes.state("gateway-1")).isInstanceOf(Gone.class);
    }

    @Test
    void a_process_whose_supervisor_was_killed_too_is_gone() throws IOException {
        long pid = pid(processes.start(polite("gateway-1")));
        signal("KILL", supervisor("gateway-1"));

        assertThat(processes.state("gateway-1")).isInstanceOf(Running.class);
        signal("KILL", pid);
        eventually(() -> processes.state("gateway-1") instanceof Gone);
    }

    @Test
    void a_signal_to_the_whole_session_still_leaves_the_exit_code() throws IOException {
        processes.start(
                shell(
                        "gateway-1",
                        "trap 'exit 9' TERM; echo settled; while :; do sleep 0.02; done"));
        settle("gateway-1");
        signal("TERM", -supervisor("gateway-1"));
        eventually(() -> processes.state("gateway-1").dead());

        assertThat(((Exited) processes.state("gateway-1")).code()).isEqualTo(9);
    }

    @Test
    void a_frozen_session_can_be_killed() {
        long pid = pid(processes.start(polite("gateway-1")));
        long session = ProcStat.of(pid).orElseThrow().session();
        signal("STOP", -session);

        assertThat(processes.kill("gateway-1").dead()).isTrue();
        assertThat(lives(pid)).isFalse();
    }

    @Test
    void a_long_log_is_cut_while_the_process_writes() throws IOException {
        ProcessSpec spec = shell("gateway-1", "while :; do echo line; sleep 0.01; done");
        processes.start(spec);
        eventually(() -> content(spec.log()).length() > 50);
        LogRotation.rotate(spec.log(), 50);
        eventually(() -> content(spec.log()).startsWith("line\n"));

        assertThat(content(folder.resolve("gateway-1.log.1"))).startsWith("line\nline\n");
    }

    private long supervisor(String instance) {
        String run = content(registry().resolve(instance + ".run"));
        return Long.parseLong(run.split(" ", -1)[3]);
    }

    private Path registry() {
        return folder.resolve("registry");
    }

    private ProcessSpec shell(String instance, String script) {
        return spec(instance, List.of("sh", "-c", script), Map.of());
    }

    private ProcessSpec spec(String instance, List<String> argv, Map<String, String> environment) {
        return new ProcessSpec(
                instance,
                "gateway",
                "1",
                argv,
                environment,
                folder,
                folder.resolve(instance + ".log"),
                Map.of());
    }

    private static long pid(Started started) {
        return ((Started.Runs) started).pid();
    }

    private static boolean lives(long pid) {
        return ProcStat.of(pid).filter(ProcStat::alive).isPresent();
    }

    private static String content(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, UTF_8) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-s", name, "--", "" + pid).start();
            assertThat(kill.waitFor(Duration.ofSeconds(5))).isTrue();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
