package desk.gateway;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class KillTest {
    private static final int RESTING = 30;

    @TempDir Path folder;

    @Test
    void kill_cancels_all_and_refuses_orders_until_it_is_rearmed() throws Exception {
        try (var desk = deskWithRestingOrders()) {
            desk.hook("gateway-1", "kill", 0);
            until(() -> openAtVenue(desk) == 0);

            assertThat(desk.order("gateway-1", "blocked", "99.00").status()).isEqualTo(423);
            desk.startReadyGateway("gateway-2", "2");
            assertThat(desk.state("gateway-2")).isEqualTo("KILLED");
            assertThat(desk.hook("gateway-2", "activate", 2)).isEqualTo(423);
            assertThat(desk.hook("gateway-1", "rearm", 3)).isEqualTo(200);
            until(() -> desk.state("gateway-1").equals("ACTIVE"));
            assertThat(desk.order("gateway-1", "again", "99.00").status()).isEqualTo(202);
            until(() -> desk.state("gateway-2").equals("PASSIVE"));
            desk.hook("gateway-1", "deactivate", 3);
            desk.activate("gateway-2", 4);
            assertThat(desk.order("gateway-2", "there", "99.00").status()).isEqualTo(202);
        }
    }

    @Test
    void kill_asks_the_venue_itself_when_no_drop_copy_answers() throws Exception {
        try (var desk = deskWithRestingOrders()) {
            desk.kill("drop-copy");
            desk.hook("gateway-1", "kill", 0);
            until(() -> !desk.status("gateway-1").path("kill").path("running").asBoolean());

            assertThat(desk.status("gateway-1").path("kill").path("noneOpenBy").toString())
                    .isEqualTo("[\"venue\"]");
            assertThat(openAtVenue(desk)).isZero();
        }
    }

    @Test
    void a_kill_that_could_not_see_the_end_never_says_done() throws Exception {
        try (var desk = deskWithRestingOrders()) {
            desk.kill("drop-copy");
            desk.kill("venue");
            var first = desk.post("gateway-1", "/hooks/kill?limit=100ms", "");
            until(() -> !desk.status("gateway-1").path("kill").path("running").asBoolean());
            var again = desk.post("gateway-1", "/hooks/kill?limit=100ms", "");

            assertThat(List.of(first.status(), again.status())).isEqualTo(List.of(202, 202));
            assertThat(again.json().path("kill").path("noneOpenBy")).isEmpty();
            assertThat(again.json().path("kill").path("outcome").asText())
                    .contains("orders may still live");
        }
    }

    @Test
    void a_passive_gateway_takes_the_session_to_cancel_when_the_active_one_is_dead()
            throws Exception {
        try (var desk = deskWithRestingOrders()) {
            desk.startReadyGateway("gateway-2", "2");
            desk.kill("gateway-1");
            desk.hook("gateway-2", "kill", 0);

            until(() -> openAtVenue(desk) == 0);
            until(() -> !desk.status("gateway-2").path("session").path("loggedOn").asBoolean());
            assertThat(desk.state("gateway-2")).isEqualTo("KILLED");
        }
    }

    @Test
    void kill_cancels_although_the_store_takes_no_writes_and_says_so() throws Exception {
        try (var desk = deskWithRestingOrders();
                var other =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("orders.db"))) {
            try (var statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
            }
            desk.hook("gateway-1", "kill", 0);
            until(() -> openAtVenue(desk) == 0);

            assertThat(desk.status("gateway-1").path("kill").path("outcome").asText())
                    .contains("this process only");
            assertThat(desk.order("gateway-1", "blocked", "99.00").status()).isEqualTo(423);
        }
    }

    @Test
    void a_latch_that_could_not_be_written_is_written_as_soon_as_it_can_be() throws Exception {
        try (var desk = deskWithRestingOrders();
                var other =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("orders.db"));
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            desk.hook("gateway-1", "kill", 0);
            assertThat(desk.hook("gateway-1", "drain", 1)).isEqualTo(500); // it can't be written
            assertThat(desk.status("gateway-1").path("kill").path("latched").asBoolean()).isFalse();
            statement.execute("ROLLBACK");
            until(() -> desk.status("gateway-1").path("kill").path("latched").asBoolean());
            desk.kill("gateway-1");
            desk.startReadyGateway("gateway-1", "1");

            assertThat(desk.state("gateway-1")).isEqualTo("KILLED");
        }
    }

    private DeskUnderTest deskWithRestingOrders() throws Exception {
        var desk = new DeskUnderTest(folder);
        desk.startReadyGateway("gateway-1", "1");
        desk.activate("gateway-1", 1);
        for (var i = 0; i < RESTING; i++) {
            desk.order("gateway-1", "rests-" + i, "99.00");
        }
        until(() -> openAtVenue(desk) == RESTING);
        return desk;
    }

    private static int openAtVenue(DeskUnderTest desk) throws Exception {
        return desk.status("venue").path("openOrders").asInt(-1);
    }
}
