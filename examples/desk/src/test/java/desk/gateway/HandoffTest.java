package desk.gateway;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gateway changes hands under load; the audit judges from the books of the venue and the clients.
@Tag("real")
class HandoffTest {
    private static final int RATE = 100;

    @TempDir Path folder;

    @Test
    void a_handoff_loses_no_order_and_sends_none_twice() throws Exception {
        try (var desk = desk()) {
            var load = desk.startLoad(RATE);
            untilAccepted(desk, 50);
            var token = 1;
            for (var i = 0; i < 4; i++) {
                var old = i % 2 == 0 ? "gateway-1" : "gateway-2";
                var next = i % 2 == 0 ? "gateway-2" : "gateway-1";
                desk.hook(old, "drain", token);
                until(() -> desk.state(old).equals("DRAINED"));
                assertThat(desk.hook(old, "deactivate", token)).isEqualTo(200);
                desk.activate(next, ++token);
                untilAccepted(desk, 50);
            }

            assertClean(desk, load);
        }
    }

    @Test
    void after_sigkill_of_the_active_the_standby_settles_every_order_in_doubt() throws Exception {
        try (var desk = desk()) {
            var load = desk.startLoad(RATE);
            untilAccepted(desk, 100);
            desk.kill("gateway-1");
            desk.activate("gateway-2", 2);

            assertThat(desk.status("gateway-2").path("inDoubt").asInt()).isZero();
            untilAccepted(desk, 50);
            assertClean(desk, load);
        }
    }

    @Test
    void a_stopped_gateway_that_wakes_after_the_failover_sends_nothing() throws Exception {
        try (var desk = desk()) {
            var load = desk.startLoad(RATE);
            untilAccepted(desk, 100);
            until(() -> isStoppedOutsideOfATransaction(desk, "gateway-1"));
            desk.activate("gateway-2", 2);
            untilAccepted(desk, 50);
            desk.signal("gateway-1", "CONT");
            until(() -> desk.state("gateway-1").equals("PASSIVE"));

            assertThat(desk.order("gateway-1", "late", "99.00").status()).isEqualTo(503);
            assertClean(desk, load);
        }
    }

    /// Stopped in the middle of a transaction it would keep the store locked, and only its death could free it.
    private boolean isStoppedOutsideOfATransaction(DeskUnderTest desk, String gateway)
            throws Exception {
        desk.stop(gateway);
        var url = "jdbc:sqlite:" + folder.resolve("orders.db") + "?busy_timeout=1000";
        try (var connection = java.sql.DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return true;
        } catch (java.sql.SQLException _) { // it holds the lock
            desk.signal(gateway, "CONT");
            return false;
        }
    }

    private DeskUnderTest desk() throws Exception {
        var desk = new DeskUnderTest(folder);
        desk.startGateway("gateway-1", "1");
        desk.startGateway("gateway-2", "2");
        desk.untilReady("gateway-1");
        desk.untilReady("gateway-2");
        desk.activate("gateway-1", 1);
        return desk;
    }

    private static void untilAccepted(DeskUnderTest desk, int more) throws Exception {
        var before = accepted(desk);
        until(() -> accepted(desk) >= before + more);
    }

    private static int accepted(DeskUnderTest desk) throws Exception {
        return desk.status("venue").path("counts").path("accepted").asInt();
    }

    private static void assertClean(DeskUnderTest desk, Process load) throws Exception {
        load.destroy(); // SIGTERM: it sends no more, and waits for the end of each order
        load.waitFor();
        var verdict = desk.audit();
        assertThat(zeros(verdict))
                .as(verdict.toString())
                .isEqualTo(
                        "lost 0 doubled 0 doubt 0 contradicted 0 unsolicited 0 two 0 older 0 copy 0");
    }

    private static String zeros(JsonNode verdict) {
        var orders = verdict.path("orders");
        return "lost %s doubled %s doubt %s contradicted %s unsolicited %s two %s older %s copy %s"
                .formatted(
                        orders.path("lost"),
                        orders.path("duplicated"),
                        orders.path("inDoubt"),
                        verdict.path("contradicted"),
                        verdict.path("unsolicited"),
                        verdict.path("twoActiveIntervals"),
                        verdict.path("olderTokenOrders"),
                        verdict.path("dropCopyDiffers"));
    }
}
