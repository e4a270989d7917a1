package dev.pitcrew.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.Awaiting;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class ResourceUseTest {
    private static final long MIB = 1 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void what_a_process_started_counts_as_its_own() throws IOException {
        var shell = new ProcessBuilder("sh", "-c", "read go; cat; true").start();
        try {
            var alone = memory(shell);
            shell.outputWriter().append("go\n").flush();
            Awaiting.until("cat", LIMIT, () -> shell.descendants().count() == 1, () -> "");

            assertThat(memory(shell)).isGreaterThan(alone);
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    private static long memory(Process one) {
        return ResourceUse.of(one.pid()).orElseThrow().memoryBytes();
    }

    @Test
    void memory_and_time_are_those_of_the_kernel() {
        assertThat(ResourceUse.of(ProcessHandle.current().pid()))
                .hasValueSatisfying(
                        one -> {
                            assertThat(one.memoryBytes()).isGreaterThan(10 * MIB);
                            assertThat(one.cpu()).isPositive();
                        });
    }

    @Test
    void of_nobody_nothing_is_known() {
        assertThat(ResourceUse.of(Long.MAX_VALUE >> 20)).isEmpty();
    }
}
