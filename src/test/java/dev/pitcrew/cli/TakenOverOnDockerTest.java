package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.docker.TestingCompose;
import dev.pitcrew.runtime.docker.TestingDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was taken over ends in all the ways in which containers end, and nothing is taken over before two people agree, on a real engine.
@Tag("real")
@Tag("long")
class TakenOverOnDockerTest {
    private static final String GREEDY =
            "while ! [ -e /table/laid ]; do sleep 0.1; done; x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done";

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
    void one_that_is_killed_by_hand_is_replaced_once_by_its_image_at_its_port() throws Exception {
        var desk = compose.desk("watch, strategy, books", gatewayAlone());
        var gateway = taken(desk);

        TestingCompose.kill(docker, gateway);
        var next = another(desk, "gateway-1");
        desk.await("its answer", () -> StartedByCompose.answers(compose.port()));

        assertThat(desk.container(gateway).state().lives()).isFalse();
        assertThat(desk.container(gateway).state().exitCode()).isEqualTo(137);
        assertThat(desk.containerOf(next).imageId()).isEqualTo(desk.container(gateway).imageId());
        desk.await("that it serves", () -> desk.run("up").end() == ExitCode.OK);
        assertThat(desk.living()).hasSize(1);
        desk.down();
    }

    @Test
    void one_that_reaches_its_memory_limit_while_nobody_looks_is_replaced_by_the_next_controller()
            throws Exception {
        var desk = compose.desk("watch, strategy, gateway", books());
        var table = Files.createDirectories(folder.resolve("table"));
        var books = compose.books(GREEDY, List.of(table + ":/table:ro"));
        TestingCompose.limit(docker, books, 16 << 20);
        desk.await("its health", () -> isHealthy(desk, books));
        desk.good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");

        desk.endController();
        Files.createFile(table.resolve("laid"));
        desk.await("its end", () -> !desk.container(books).state().lives());
        assertThat(desk.container(books).state().isOutOfMemory()).isTrue();
        assertThat(desk.living()).isEmpty(); // the engine starts it no more

        desk.good("up");
        assertThat(desk.containerOf(another(desk, "books-1")).imageId())
                .isEqualTo(desk.container(books).imageId());
        desk.down();
    }

    @Test
    void
            the_kill_ends_who_has_no_hook_without_a_controller_and_only_a_rearm_starts_its_image_again()
                    throws Exception {
        var desk = compose.desk("watch, strategy, books", gatewayAlone());
        var gateway = taken(desk);
        desk.endController();

        var killed = desk.run("kill", "--reason", "a drill");
        assertThat(killed.end()).isEqualTo(ExitCode.STUCK); // nobody is left to count its orders
        assertThat(killed.out()).contains("gateway-1", "killed, and its death is confirmed");
        assertThat(desk.container(gateway).state().lives()).isFalse();

        assertThat(desk.run("up", "--limit", "3s").end()).isNotEqualTo(ExitCode.OK);
        assertThat(desk.living()).isEmpty();
        assertThat(desk.good("status").out()).contains("KILLED");
        desk.good("rearm", "gateway", "--reason", "the drill is over");
        assertThat(desk.containerOf(another(desk, "gateway-1")).imageId())
                .isEqualTo(desk.container(gateway).imageId());
        desk.down();
    }

    @Test
    void the_kill_latches_who_has_a_hook_and_a_rearm_goes_on_with_its_image() throws Exception {
        var desk = compose.desk("watch, gateway, books", StartedByCompose.STRATEGY);
        var strategy = compose.strategy();
        int at = compose.port(strategy);
        desk.await("the strategy", () -> StartedByCompose.answers(at));
        assertThat(StartedByCompose.activated(at)).isEqualTo(200);
        desk.good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");

        desk.good("kill", "--reason", "a drill");
        assertThat(StartedByCompose.status(at)).contains("\"killed\": true");
        assertThat(desk.container(strategy).state().lives()).isTrue();
        assertThat(desk.refused("deploy", "strategy", "2")).contains("rearm strategy");

        desk.good("rearm", "strategy", "--reason", "the drill is over");
        desk.await("that it sends again", () -> StartedByCompose.isActiveAgain(desk, strategy));
        desk.await("the end of the latch", () -> !desk.good("status").out().contains("KILLED"));
        desk.down();
    }

    @Test
    void nothing_of_it_is_touched_before_another_person_agrees_and_no_next_version_either()
            throws Exception {
        var desk = compose.desk("watch, strategy, books", gatewayAlone(), "two-people");
        var gateway = compose.gateway();
        desk.await("the gateway", () -> StartedByCompose.answers(compose.port()));

        desk.good("adopt", "--take", "--reason", "Pitcrew keeps it now");
        var ann = Files.readString(desk.data().ownToken()).strip();
        var bob =
                desk.good("operator", "add", "bob", "--format", "json")
                        .json()
                        .path("token")
                        .asText();
        var hash = hash(desk);
        assertThat(desk.refused("approve", "gateway", hash)).contains("another operator");
        assertThat(desk.living()).isEmpty();
        assertThat(desk.container(gateway).restart().policy()).isEqualTo("unless-stopped");
        desk.become(bob);
        desk.good("approve", "gateway", hash);
        desk.await(
                "what is taken over", () -> desk.good("status").out().contains("active gateway-1"));
        assertThat(desk.container(gateway).restart().policy()).isEqualTo("no");

        desk.become(ann);
        desk.await(
                "a plan, from an engine that may be busy",
                () ->
                        desk.run("deploy", "gateway", "2", "--reason", "it is better").end()
                                == ExitCode.OK);
        assertThat(desk.refused("approve", "gateway", hash(desk))).contains("another operator");
        assertThat(desk.container(gateway).state().lives()).isTrue();
        desk.become(bob);
        desk.good("approve", "gateway", hash(desk));
        desk.await(
                "the next version",
                () -> desk.good("status").out().contains("gateway      2        active"));
        assertThat(desk.container(gateway).state().lives()).isFalse();
        desk.down();
    }

    @Test
    void what_runs_in_compose_of_another_service_keeps_nobody_from_starting_one() throws Exception {
        var desk = compose.desk("watch, strategy", StartedByCompose.GATEWAY_AND_BOOKS);
        var gateway = compose.gateway();
        assertThat(desk.refused("up")).contains("taken-gateway-1"); // and its controller runs on

        desk.good("deploy", "books", "1", "--wait");

        assertThat(desk.living()).containsExactly("books-1");
        assertThat(desk.refused("deploy", "gateway", "2")).contains("taken-gateway-1");
        assertThat(desk.refused("deploy", "--all", "gateway=2", "books=1"))
                .contains("taken-gateway-1");
        desk.await("the gateway", () -> StartedByCompose.answers(compose.port()));
        assertThat(desk.container(gateway).state().lives()).isTrue();
        desk.down();
    }

    @Test
    void on_one_of_two_hosts_it_is_taken_over_there_once_the_other_has_its_image_too()
            throws Exception {
        try (var second = new TestingDocker()) {
            var there = new StartedByCompose(folder, second);
            try {
                isTakenOverThere(there, second);
            } finally {
                there.close();
            }
        }
    }

    private void isTakenOverThere(StartedByCompose there, TestingDocker second) throws Exception {
        var desk = there.onTwoHosts(docker, "watch, strategy, gateway", books());
        var books = there.books();
        desk.await("its health", () -> isHealthy(desk, books));
        assertThat(desk.run("adopt", "--take", "--plan").out())
                .contains("its image is not on a", "docker save");
        assertThat(desk.refused("up")).contains("taken-books-1 on b");

        second.copy("taken-books:1", docker);
        desk.good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");
        assertThat(desk.living()).containsExactly("books-1");
        assertThat(desk.good("status").out()).contains("on b");
        assertThat(desk.container(books).restart().policy()).isEqualTo("no");

        desk.endController();
        desk.good("up"); // which starts nobody twice
        assertThat(desk.living()).containsExactly("books-1");
        TestingCompose.kill(second, books);
        desk.await("another one, on either", () -> desk.good("status").out().contains("books-2"));
        desk.await("the end of all", () -> desk.run("down").end() == ExitCode.OK);
        assertThat(desk.container(books).state().lives()).isFalse();
        docker.clean(StartedByCompose.OWNER);
    }

    private String taken(ContainerDesk desk) throws Exception {
        var gateway = compose.gateway();
        desk.await("the gateway", () -> StartedByCompose.answers(compose.port()));
        desk.good("adopt", "--take", "--reason", "Pitcrew keeps it now", "--wait");
        assertThat(desk.living()).containsExactly("gateway-1");
        return gateway;
    }

    /// The one that takes the place of what has ended. On a busy machine it may not be the first that was tried.
    private static String another(ContainerDesk desk, String before) {
        desk.await(
                "one in place of " + before,
                () -> desk.living().size() == 1 && !desk.living().contains(before));
        return desk.living().getFirst();
    }

    private static String gatewayAlone() {
        var both = StartedByCompose.GATEWAY_AND_BOOKS;
        return both.substring(0, both.indexOf("books:")).stripTrailing();
    }

    private static String books() {
        var both = StartedByCompose.GATEWAY_AND_BOOKS;
        return "    " + both.substring(both.indexOf("books:"));
    }

    private static boolean isHealthy(ContainerDesk desk, String container) {
        return desk.container(container).state().health().equals("healthy");
    }

    private static String hash(ContainerDesk desk) throws Exception {
        for (var one : desk.good("status", "--format", "json").json().path("services")) {
            if (one.path("name").asText().equals("gateway")) {
                return one.path("changing").path("hash").asText();
            }
        }
        throw new AssertionError("nothing of the gateway waits");
    }
}
