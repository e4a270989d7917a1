package dev.pitcrew.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import dev.pitcrew.runtime.process.TestingProcesses.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A desk on the hosts `a` and `b`.
class HostedProcessesTest {
    private final TestingPlacements placements = new TestingPlacements();
    private final TestingProcesses onA = processes();
    private final TestingProcesses onB = processes();

    @TempDir private Path folder;
    private HostedProcesses a;
    private HostedProcesses b;

    private static TestingProcesses processes() {
        return new TestingProcesses(InstantSource.fixed(Instant.EPOCH), _ -> Program.service());
    }

    @BeforeEach
    void twoHosts() throws IOException {
        a = host("a", onA);
        b = host("b", onB);
    }

    private HostedProcesses host(String name, Processes here) throws IOException {
        var data = Files.createDirectories(folder.resolve(name));
        return new HostedProcesses(here, name, placements, data);
    }

    private ProcessSpec gateway(String instance) {
        return new ProcessSpec(
                instance,
                "gateway",
                "1",
                List.of("gateway"),
                Map.of(),
                folder,
                folder.resolve(instance + ".log"),
                Map.of("http", 4711));
    }

    @Test
    void what_runs_on_another_host_is_known_with_its_address_and_neither_alive_nor_dead() {
        assertThat(a.start(gateway("gateway-1"))).isInstanceOf(Started.Runs.class);
        b.refresh();

        assertThat(b.state("gateway-1"))
                .isEqualTo(new Unknown("gateway-1 runs on a, which has not said that it is dead"));
        assertThat(b.known())
                .extracting(KnownProcess::instance, KnownProcess::host, KnownProcess::ports)
                .containsExactly(tuple("gateway-1", "a", Map.of("http", 4711)));
        assertThat(a.state("gateway-1")).isInstanceOf(Running.class);
    }

    @Test
    void nobody_starts_what_another_host_may_have_started() {
        a.start(gateway("gateway-1"));
        b.refresh();

        assertThat(b.start(gateway("gateway-1")))
                .isEqualTo(
                        new Started.Refused("gateway-1 is placed on a, which may have started it"));
        assertThat(onB.known()).isEmpty();
    }

    @Test
    void nothing_starts_that_can_not_be_placed() {
        placements.isAway = true;

        assertThat(a.start(gateway("gateway-1"))).isInstanceOf(Started.Refused.class);
        assertThat(onA.known()).isEmpty();
    }

    @Test
    void a_host_says_itself_which_of_its_processes_are_dead() {
        a.start(gateway("gateway-1"));
        onA.die("gateway-1", 9);
        b.refresh();
        assertThat(b.state("gateway-1")).as("before it says so").isInstanceOf(Unknown.class);

        a.refresh();
        b.refresh();
        assertThat(b.state("gateway-1")).isEqualTo(new Gone("gateway-1 ended, as a says"));
    }

    @Test
    void a_host_ends_what_another_one_wants_ended_and_a_silent_one_confirms_nothing() {
        a.start(gateway("gateway-1"));
        b.refresh();
        assertThat(b.kill("gateway-1")).as("while it is silent").isInstanceOf(Unknown.class);
        assertThat(onA.state("gateway-1")).isInstanceOf(Running.class);

        a.refresh();
        assertThat(onA.state("gateway-1"))
                .as("a wish that came to nothing is withdrawn")
                .isInstanceOf(Running.class);

        try (var host = Executors.newSingleThreadScheduledExecutor()) {
            var _ = host.scheduleWithFixedDelay(a::refresh, 0, 5, TimeUnit.MILLISECONDS);
            assertThat(b.stop("gateway-1", Duration.ofSeconds(1))).isInstanceOf(Gone.class);
        }
        assertThat(onA.state("gateway-1").dead()).isTrue();
    }

    @Test
    void what_was_read_last_counts_while_the_database_is_away() {
        a.start(gateway("gateway-1"));
        b.refresh();
        placements.isAway = true;

        assertThat(b.known()).hasSize(1);
        assertThat(b.kill("gateway-1")).isInstanceOf(Unknown.class);
        assertThat(a.kill("gateway-1"))
                .as("on its own host")
                .isInstanceOf(ProcessState.Exited.class);
    }

    @Test
    void what_the_ledger_lists_and_nobody_has_placed_is_taken_for_dead_by_nobody() {
        b.adopt(List.of(Placement.unknown("gateway-7", "gateway", "1")));

        assertThat(b.state("gateway-7")).isInstanceOf(Unknown.class);
    }

    @Test
    void what_ran_before_there_were_several_hosts_is_placed_where_it_runs() {
        onA.start(gateway("gateway-1"));
        a.adopt(List.of(Placement.unknown("gateway-1", "gateway", "1")));
        b.refresh();

        assertThat(a.state("gateway-1")).isInstanceOf(Running.class);
        assertThat(b.state("gateway-1")).isInstanceOf(Unknown.class);
        assertThat(b.known()).extracting(KnownProcess::host).containsExactly("a");
    }

    @Test
    void without_a_controller_it_is_known_what_was_read_last() throws IOException {
        a.start(gateway("gateway-1"));
        b.refresh();

        assertThat(HostedProcesses.startedBefore(folder.resolve("b")).known())
                .extracting(KnownProcess::instance, KnownProcess::host)
                .containsExactly(tuple("gateway-1", "a"));
    }
}
