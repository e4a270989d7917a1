package dev.pitcrew.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both ways to learn that a process ended, on real ones.
@Tag("real")
class EndingsTest {
    private static final int WAITS = 3000; // of 20 ms or more each

    private final List<Process> started = new ArrayList<>();

    static Stream<Endings> ways() throws IOException {
        return Stream.of(new PidEndings(), new MemoryEndings());
    }

    @AfterEach
    void end() throws InterruptedException {
        started.forEach(Process::destroyForcibly);
        for (var process : started) {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void each_end_is_told_once_and_no_other(Endings endings) throws Exception {
        try (endings) {
            var stays = identity(start("sleep", "60").pid());
            var ends = start("sleep", "60");
            var first = identity(ends.pid());
            endings.add(stays);
            endings.add(first);

            ends.destroyForcibly();

            assertThat(told(endings)).containsExactly(first);
            assertThat(endings.await()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_process_that_nobody_reaps_has_ended(Endings endings) throws Exception {
        try (endings) {
            // The child's parent becomes a sleep, which asks for nobody's exit code.
            var parent = start("sh", "-c", "sleep 60 & echo $!; exec sleep 60");
            var child = Long.parseLong(parent.inputReader().readLine());
            var zombie = identity(child);
            endings.add(zombie);

            ProcessHandle.of(child).orElseThrow().destroyForcibly();

            assertThat(told(endings)).containsExactly(zombie);
            assertThat(ProcStat.of(child))
                    .hasValueSatisfying(one -> assertThat(one.alive()).isFalse());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void of_one_that_is_no_longer_looked_at_nothing_is_told(Endings endings) throws Exception {
        try (endings) {
            var process = start("sleep", "60");
            var identity = identity(process.pid());
            endings.add(identity);
            endings.remove(identity);

            process.destroyForcibly().waitFor();

            assertThat(endings.await()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_process_that_is_not_there_can_not_be_looked_at(Endings endings) throws Exception {
        try (endings) {
            var process = start("true");
            process.waitFor();

            assertThatThrownBy(() -> endings.add(new Identity("gone", process.pid(), 0)))
                    .isInstanceOf(IOException.class);
        }
    }

    private Process start(String... command) throws IOException {
        var process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static Identity identity(long pid) {
        return new Identity("gateway-1", pid, ProcStat.of(pid).orElseThrow().startTicks());
    }

    private static List<Identity> told(Endings endings) throws InterruptedException {
        for (int i = 0; i < WAITS; i++) {
            var told = endings.await();
            if (!told.isEmpty()) {
                return told;
            }
        }
        return List.of();
    }
}
