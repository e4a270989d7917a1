package dev.pitcrew.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The balancer in a process of its own.
@Tag("real")
class BalancerMainTest {
    @TempDir Path folder;

    private Path file;
    private BalancerClient traffic;

    @BeforeEach
    void prepare() throws IOException {
        file = folder.resolve("balancer.json");
        new BalancerFile(0, Map.of("gateway", BalancerFile.Service.closed(0))).write(file);
        traffic = new BalancerClient(file);
    }

    @AfterEach
    void end() {}

    @Test
    void a_killed_balancer_comes_back_as_it_was() throws Exception {
        Process first = run("demo");
        TrafficState before;
        try {
            awaitAnswer();
            traffic.route("gateway", List.of(Address.local(9)));
            before = stands(traffic.hold("gateway", Duration.ofSeconds(20)));
        } finally {
            first.destroyForcibly().waitFor();
        }

        assertThat(traffic.state("gateway")).isInstanceOf(TrafficAnswer.Unreachable.class);
        Process second = run("demo");
        try {
            assertThat(awaitAnswer()).isEqualTo(before);
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    @Test
    void it_does_not_serve_a_live_environment() throws Exception {
        Process live = run("live");

        assertThat(live.waitFor(Duration.ofSeconds(30))).isTrue();
        assertThat(live.exitValue()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("balancer.log"))).contains("HAProxy or nginx");
    }

    private TrafficState awaitAnswer() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            TrafficAnswer answer = traffic.state("gateway");
            if (answer instanceof TrafficAnswer.Stands(TrafficState state)) {
                return state;
            }
            assertThat(System.nanoTime()).as("%s", answer).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static TrafficState stands(TrafficAnswer answer) {
        return ((TrafficAnswer.Stands) answer).state();
    }

    private Process run(String kind) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BalancerMain.class.getName(),
                        "--kind",
                        kind,
                        "--state",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("balancer.log").toFile())
                .start();
    }
}
