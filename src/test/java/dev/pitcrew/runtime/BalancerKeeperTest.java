package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.balancer.BalancerClient;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficState;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real balancer that lives and says nothing.
@Tag("real")
class BalancerKeeperTest {
    @TempDir private Path folder;
    private Processes processes;
    private BalancerClient client;
    private BalancerKeeper keeper;
    private Processes.Watching watching;

    @BeforeEach
    void start() throws Exception {
        processes = new LocalProcesses(folder.resolve("processes"));
        client = new BalancerClient(folder.resolve("balancer.json"));
        keep();
    }

    @AfterEach
    void end() {
        leave();
        processes.kill(BalancerKeeper.NAME);
    }

    @Test
    void one_that_is_stopped_by_a_signal_is_replaced_and_serves_as_before() throws Exception {
        client.route("gateway", List.of(Address.local(9)));
        var before = traffic();
        var stopped = stop();

        awaitAnother(stopped);

        assertThat(traffic()).isEqualTo(before);
    }

    @Test
    void how_long_it_was_away_is_measured() throws Exception {
        assertThat(keeper.restart()).isEmpty();
        var died = ((Running) processes.state(BalancerKeeper.NAME)).pid();

        processes.kill(BalancerKeeper.NAME);
        awaitAnother(died);

        Awaiting.until(
                "its time away",
                Duration.ofSeconds(30),
                () -> keeper.restart().isPresent(),
                () -> "");
        System.out.println("the balancer was away for " + keeper.restart().orElseThrow());
        assertThat(keeper.restart().orElseThrow()).isPositive();
    }

    @Test
    void one_that_was_stopped_while_nobody_looked_is_replaced_by_whoever_comes_next()
            throws Exception {
        var before = traffic();
        leave();
        var stopped = stop();

        keep();

        awaitAnother(stopped);
        assertThat(traffic()).isEqualTo(before);
    }

    private void keep() throws IOException, InterruptedException {
        var system = TestingSystem.in(folder, List.of());
        keeper =
                new BalancerKeeper(
                        system,
                        system.environment("demo"),
                        folder,
                        folder.resolve("balancer.json"),
                        processes,
                        () -> true);
        watching = processes.watch((_, _) -> keeper.died());
        keeper.start(system, client);
    }

    private void leave() {
        watching.close();
        keeper.close();
    }

    /// @return its pid
    private long stop() throws Exception {
        var pid = ((Running) processes.state(BalancerKeeper.NAME)).pid();
        assertThat(new ProcessBuilder("kill", "-STOP", "" + pid).start().waitFor()).isZero();
        return pid;
    }

    private TrafficState traffic() {
        return ((TrafficAnswer.Stands) client.state("gateway")).state();
    }

    private void awaitAnother(long pid) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!(processes.state(BalancerKeeper.NAME) instanceof Running(var now, _, _)
                && now != pid
                && client.state("gateway") instanceof TrafficAnswer.Stands)) {
            assertThat(System.nanoTime())
                    .as("it is replaced: %s", processes.state(BalancerKeeper.NAME))
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
