package dev.pitcrew.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.EngineHost;
import dev.pitcrew.model.EngineRef;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.process.AdoptSpec;
import dev.pitcrew.runtime.process.Contained;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Instances over the engines of two hosts, of which one can be silenced.
@Tag("real")
class SpreadTest {
    private static final Owner OWNER = new Owner("spread", "test");
    private static final List<EngineHost> HOSTS =
            List.of(
                    new EngineHost("a", "127.0.0.2", EngineRef.of("unix:///a")),
                    new EngineHost("b", "127.0.0.3", EngineRef.of("unix:///b")));

    @TempDir Path folder;

    private TestingDocker first;
    private TestingDocker second;
    private StallingProxy way;
    private Engine far;

    @BeforeEach
    void start() throws IOException {
        first = TestingDocker.shared();
        second = new TestingDocker();
        first.tiny("spread:1");
        second.tiny("spread:1");
        way = new StallingProxy(folder.resolve("way"), second.socket());
        far = Engine.at(EnginePlace.of(folder.resolve("way")));
    }

    @AfterEach
    void end() throws IOException {
        if (second != null) {
            far.close();
            way.close();
            second.close();
            first.clean(OWNER);
        }
    }

    private Spread spread() throws IOException {
        return Spread.over(
                HOSTS, List.of(first.engine(), far), OWNER, folder.resolve("places.json"));
    }

    @Test
    void instances_are_spread_and_known_by_whoever_comes_next() throws IOException {
        var spread = spread();
        for (int i = 1; i <= 4; i++) {
            assertThat(start(spread, "gateway-" + i)).isInstanceOf(Started.Runs.class);
        }

        assertThat(addresses(spread))
                .containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3");
        assertThat(addresses(spread())).isEqualTo(addresses(spread));
        assertThat(List.of("gateway-1", "gateway-2", "gateway-9"))
                .extracting(spread()::named)
                .containsExactly(Optional.of("a"), Optional.of("b"), Optional.empty());
        assertThat(spread.kill("gateway-2").dead()).isTrue();
        spread.forget("gateway-2");
        assertThat(spread.place("gateway", "gateway-5")).isEqualTo("127.0.0.3");
    }

    @Test
    void a_host_that_is_silent_confirms_nothing_and_keeps_nobody_else_from_starting()
            throws IOException {
        var before = spread();
        start(before, "gateway-1");
        start(before, "gateway-2");
        way.stall();
        var spread = spread();

        assertThat(spread.state("gateway-1")).isInstanceOf(Running.class);
        assertThat(spread.kill("gateway-2")).isInstanceOf(Unknown.class);
        assertThat(addresses(spread)).containsExactly("127.0.0.2", "127.0.0.3");
        assertThat(start(spread, "gateway-2")).isInstanceOf(Started.Refused.class);
        assertThat(start(spread, "gateway-3")).isInstanceOf(Started.Runs.class);
        assertThat(spread.place("gateway", "gateway-3")).isEqualTo("127.0.0.2");

        way.resume();
        Awaiting.until(
                "its host to be heard again",
                Duration.ofSeconds(20),
                () -> spread.kill("gateway-2").dead(),
                second::said);
    }

    @Test
    void what_is_written_down_nowhere_is_dead_only_when_every_engine_says_so() throws IOException {
        start(spread(), "gateway-1");
        var lost =
                Spread.over(
                        HOSTS, List.of(first.engine(), far), OWNER, folder.resolve("lost.json"));

        assertThat(lost.state("gateway-1")).isInstanceOf(Running.class);
        assertThat(lost.state("gateway-9").dead()).isTrue();
        way.stall();
        assertThat(lost.state("gateway-9").dead()).isFalse();
    }

    @Test
    void what_somebody_else_started_is_an_instance_on_its_host_and_stays_there_once_it_ended()
            throws IOException {
        var container =
                TestingCompose.start(
                        second,
                        "spread",
                        "gateway",
                        "spread:1",
                        List.of("sleep", "1000"),
                        List.of(),
                        List.of());

        assertThat(spread().adopt(adoption(container))).isInstanceOf(Started.Runs.class);

        var next = spread();
        assertThat(next.named("gateway-1")).contains("b");
        assertThat(addresses(next)).containsExactly("127.0.0.3");
        assertThat(next.state("gateway-1")).isInstanceOf(Running.class);
        assertThat(next.kill("gateway-1").dead()).isTrue();
        next.forget("gateway-1");
        assertThat(next.known()).isEmpty();
        assertThat(spread().named("gateway-1")).isEmpty();
        assertThat(second.engine().container(container).found()).isPresent();
    }

    @Test
    void what_no_host_has_that_answers_is_not_taken_over() throws IOException {
        assertThat(spread().adopt(adoption("c0".repeat(32))))
                .isEqualTo(
                        new Started.Refused(
                                "no host that answers has the container %s, which was to become gateway-1"
                                        .formatted("c0".repeat(32))));
        assertThat(spread().known()).isEmpty();
    }

    private static AdoptSpec adoption(String container) {
        return new AdoptSpec("gateway-1", "gateway", "adopted", container, Map.of());
    }

    private static List<String> addresses(Spread spread) {
        return spread.known().stream().map(KnownProcess::host).toList();
    }

    private Started start(Spread spread, String instance) {
        var script = "trap 'exit 0' TERM; while :; do sleep 0.05; done";
        return spread.start(
                new ProcessSpec(
                                instance,
                                "gateway",
                                "1",
                                List.of("sh", "-c", script),
                                Map.of(),
                                folder,
                                folder.resolve(instance + ".log"),
                                Map.of())
                        .in(Contained.of("spread:1")));
    }
}
