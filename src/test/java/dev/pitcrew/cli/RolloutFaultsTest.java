package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.bench.DockerDesk;
import dev.pitcrew.bench.DockerDesk.Front;
import dev.pitcrew.cli.DemoOperator.Ended;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.docker.StallingProxy;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.haproxy.TestingHaproxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order gateway in containers behind HAProxy, under load, with a fault in the middle of each change. Each change ends in a way that has
/// a name, and the desk is whole after it; at the end the desk's own audit has to find no order lost or sent twice, and never two senders.
@Tag("real")
@Tag("long")
class RolloutFaultsTest {
    private static final String GATEWAY = DockerDesk.GATEWAY;
    private static final String LIVE = "--live-restore";
    private static final int TRIES_MAX = 3;
    private static final long END_SECONDS = 120;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private static Path folder;
    private static TestingDocker docker;
    private static StallingProxy way;
    private static DockerDesk desk;
    private static int changes;

    @BeforeAll
    static void up() throws Exception {
        TestingDocker.shared(); // it can't be had: skipped
        TestingHaproxy.program();
        docker = new TestingDocker(LIVE);
        way = new StallingProxy(folder.resolve("way"), docker.socket());
        desk = new DockerDesk(docker, folder.resolve("way"), Front.HAPROXY, "handoff");
        desk.load(50);
    }

    @BeforeEach
    void whole() throws Exception {
        assertThat(desk.operator().whole("", END_SECONDS)).as(desk.said()).isTrue();
        Awaiting.until(
                "nothing that nobody knows", LIMIT, desk::endUnknown, RolloutFaultsTest::said);
    }

    @AfterAll
    static void audit() throws Exception {
        try (var _ = docker;
                var _ = way;
                var all = desk) {
            if (all != null) {
                assertThat(all.operator().whole("", END_SECONDS)).as(all.said()).isTrue();
                assertThat(all.audited(changes)).isEmpty();
            }
        }
    }

    @Test
    void dockerd_is_restarted() throws Exception {
        var rollout = begun(next());
        docker.restart(LIVE);

        assertThat(ended(rollout).outcome()).isIn("done", "rolled back", "gated");
    }

    @Test
    void the_engine_hangs_and_answers_late() throws Exception {
        var rollout = begun(next());
        way.stall();
        TimeUnit.SECONDS.sleep(10); // longer than any call waits
        way.resume();

        assertThat(ended(rollout).outcome()).isIn("done", "rolled back", "gated");
    }

    @Test
    void haproxy_is_restarted() throws Exception {
        var rollout = begun(next());
        desk.restartFront();

        assertThat(ended(rollout).outcome()).isIn("done", "rolled back");
    }

    @Test
    void the_new_one_reaches_its_memory_limit() throws Exception {
        var greedy = "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done";
        desk.version("greedy", "2");
        docker.like("desk:1", "desk:greedy", List.of("sh", "-c", greedy), "exit 0");

        var ended = tried("greedy");

        assertThat(ended.outcome()).as(ended.toString()).isEqualTo("refused");
        assertThat(desk.said()).contains("is at its memory limit");
    }

    @Test
    void a_health_check_says_healthy_and_the_probe_says_never_ready() throws Exception {
        desk.version("never", "2-never-ready");
        docker.like("desk:1", "desk:never", List.of(), "exit 0");

        var ended = tried("never");

        assertThat(ended.outcome()).as(ended.toString()).isEqualTo("refused");
        assertThat(ended.reason()).contains("not ready");
    }

    @Test
    void a_health_check_says_unhealthy_and_the_probe_says_ready() throws Exception {
        var version = next();
        docker.like("desk:1", "desk:" + version, List.of(), "exit 1");

        assertThat(tried(version).outcome()).isEqualTo("done");
        Awaiting.until(
                "the operator to be told",
                LIMIT,
                () -> said().contains("is unhealthy by its own check"),
                RolloutFaultsTest::said);
    }

    /// An engine that was late may start something long after it was given up, and while it runs no change begins. Whoever is told ends it, and
    /// asks again.
    private static Ended tried(String version) {
        for (int left = TRIES_MAX; ; left--) {
            var ended = ended(desk.operator().deploy(GATEWAY, version));
            if (left == 1 || !ended.reason().contains("of which the ledger knows nothing")) {
                return ended;
            }
            Awaiting.until(
                    "nothing that nobody knows", LIMIT, desk::endUnknown, RolloutFaultsTest::said);
        }
    }

    /// A version that was never tried.
    private static String next() throws IOException {
        var version = "good-" + (changes + 1);
        desk.version(version, "2");
        return version;
    }

    /// A change of which an instance has been started, and which goes on.
    private static String begun(String version) {
        var rollout = desk.operator().deploy(GATEWAY, version);
        Awaiting.until(
                "an instance of the new version",
                LIMIT,
                () ->
                        desk.operator().line(GATEWAY).instances().stream()
                                .anyMatch(one -> one.version().equals(version)),
                RolloutFaultsTest::said);
        return rollout;
    }

    private static Ended ended(String rollout) {
        changes++;
        var ended = desk.operator().ended(rollout, END_SECONDS);
        assertThat(ended).as(said()).isPresent();
        return ended.orElseThrow();
    }

    private static String said() {
        try {
            return desk.said();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
