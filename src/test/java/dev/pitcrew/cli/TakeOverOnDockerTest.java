package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.docker.TestingCompose;
import dev.pitcrew.runtime.docker.TestingDocker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A desk that Compose has started is taken over while it works, then changed, taken back and brought down, on a real engine.
@Tag("real")
class TakeOverOnDockerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private TestingDocker docker;
    private StartedByCompose compose;

    @BeforeEach
    void start() throws Exception {
        docker = TestingDocker.shared();
        compose = new StartedByCompose(folder, docker);
    }

    @AfterEach
    void end() throws Exception {
        if (compose != null) {
            compose.close();
        }
    }

    @Test
    @Tag("long")
    void it_is_taken_over_under_load_then_changes_its_version_goes_back_and_comes_down()
            throws Exception {
        var desk = compose.desk("watch, strategy", StartedByCompose.GATEWAY_AND_BOOKS);
        var gateway = compose.gateway();
        var books = compose.books();
        desk.await("the gateway", () -> StartedByCompose.answers(compose.port()));
        var before = desk.container(gateway);
        try (var client = new Client(compose.port())) {
            var plan = desk.good("adopt", "--take", "--plan");
            assertThat(plan.out())
                    .contains(
                            "taken-gateway-1  taken-gateway:1",
                            "at http " + compose.port(),
                            "unless-stopped becomes no");
            assertThat(desk.run("adopt", "--take").end()).isEqualTo(ExitCode.USAGE);
            assertThat(desk.container(gateway).restart()).isEqualTo(before.restart());

            assertThat(desk.refused("up")).contains("taken-gateway-1", "adopt --take");
            assertThat(desk.refused("deploy", "gateway", "2")).contains("taken-gateway-1");
            assertThat(desk.living()).isEmpty();

            desk.good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");
            assertThat(desk.living()).containsExactly("books-1", "gateway-1");
            assertThat(desk.good("adopt", "--take", "--reason", "again", "--wait").out())
                    .contains("Pitcrew keeps it already, as version adopted");

            desk.endController();
            desk.good("up"); // which starts nobody twice
            assertThat(desk.living()).containsExactly("books-1", "gateway-1");
            assertThat(ofProject(desk)).containsExactlyInAnyOrder(gateway, books);
            client.served(20);
            assertThat(client.failures()).isZero();
        }
        var after = desk.container(gateway);
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.networks()).isEqualTo(before.networks());
        assertThat(after.restart().policy()).isEqualTo("no");
        assertThat(desk.good("status").out()).contains("gateway-1", "adopted");
        assertThat(desk.good("logs", "books").out()).contains("ready");
        assertThat(desk.good("ledger", "show").out()).contains("Pitcrew keeps it now");

        desk.good("deploy", "gateway", "2", "--wait");
        var second = desk.containerOf("gateway-2");
        assertThat(second.imageId()).isNotEqualTo(before.imageId());
        assertThat(second.state().startedAt().orElseThrow())
                .isAfterOrEqualTo(desk.container(gateway).state().finishedAt().orElseThrow());
        desk.good("rollback", "gateway");
        desk.await("the image that was taken over", () -> desk.living().contains("gateway-3"));
        assertThat(desk.containerOf("gateway-3").imageId()).isEqualTo(before.imageId());

        TestingCompose.kill(docker, books);
        desk.await("another one in its place", () -> desk.living().contains("books-2"));
        down(desk);
    }

    @Test
    @Tag("long")
    void one_with_hooks_hands_over_and_the_way_back_leads_to_its_image() throws Exception {
        var desk = compose.desk("watch, gateway, books", StartedByCompose.STRATEGY);
        var strategy = compose.strategy();
        int at = compose.port(strategy);
        desk.await("the strategy", () -> StartedByCompose.answers(at));
        assertThat(StartedByCompose.activated(at)).isEqualTo(200);

        desk.good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");
        assertThat(desk.good("deploy", "strategy", "2", "--plan").out())
                .contains("the old instance is killed once it is passive");
        desk.good("deploy", "strategy", "2", "--wait");
        assertThat(desk.container(strategy).state().lives()).isFalse();
        assertThat(StartedByCompose.status(desk.port("strategy-2"))).contains("\"active\": true");

        desk.good("rollback", "strategy");
        desk.await(
                "what was taken over, active again",
                () -> StartedByCompose.isActiveAgain(desk, strategy));
        down(desk);
    }

    /// Where the gateway that it sends to refuses who has an older token, nobody has to die.
    @Test
    @Tag("long")
    void behind_a_fence_that_lets_it_live_it_is_kept_warm_and_the_way_back_leads_to_itself()
            throws Exception {
        var desk =
                compose.desk(
                        "watch, gateway, books",
                        StartedByCompose.STRATEGY.replace("[process]", "[gateway, process]"));
        var strategy = compose.strategy();
        int at = compose.port(strategy);
        desk.await("the strategy", () -> StartedByCompose.answers(at));
        assertThat(StartedByCompose.activated(at)).isEqualTo(200);

        desk.good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");
        desk.good("deploy", "strategy", "2", "--wait");
        assertThat(desk.living()).containsExactly("strategy-1", "strategy-2");
        assertThat(StartedByCompose.status(at)).contains("\"active\": false");

        desk.good("rollback", "strategy");
        desk.await("itself again", () -> StartedByCompose.status(at).contains("\"active\": true"));
        down(desk);
    }

    private void down(ContainerDesk desk) {
        desk.down();
        compose.all().forEach(one -> assertThat(desk.container(one).state().lives()).isFalse());
    }

    /// Containers of the project and of Pitcrew, by id.
    private List<String> ofProject(ContainerDesk desk) {
        return docker.engine().containers(Map.of()).orThrow().stream()
                .filter(id -> desk.container(id).name().contains("taken"))
                .toList();
    }

    /// Sends one request after the other to where Compose has published the gateway.
    private static final class Client implements AutoCloseable {
        private final AtomicInteger served = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

        /// @param port where the gateway is
        Client(int port) {
            var _ = timer.scheduleWithFixedDelay(() -> send(port), 0, 10, TimeUnit.MILLISECONDS);
        }

        private void send(int port) {
            (StartedByCompose.answers(port) ? served : failed).incrementAndGet();
        }

        int failures() {
            return failed.get();
        }

        void served(int more) {
            int enough = served.get() + more;
            Awaiting.until(
                    "more requests",
                    LIMIT,
                    () -> served.get() >= enough || failed.get() > 0,
                    () -> served + " served, " + failed + " failed");
        }

        @Override
        public void close() {
            timer.close();
        }
    }
}
