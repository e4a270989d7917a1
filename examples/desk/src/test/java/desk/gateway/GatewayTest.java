package desk.gateway;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Digests;
import desk.common.Json;
import desk.common.Settings;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class GatewayTest {
    @TempDir Path folder;

    @Test
    void an_order_is_placed_once_replaced_and_cancelled() throws Exception {
        try (var desk = activeDesk()) {
            desk.order("gateway-1", "a", "99.00");
            desk.order("gateway-1", "a", "99.00");
            var change = Json.object().put("newId", "b").put("quantity", 20).put("price", "98.00");
            assertThat(desk.post("gateway-1", "/orders/tester-a/replace", change).status())
                    .isEqualTo(202);
            until(() -> desk.events("gateway-1", "a").equals(List.of("REPLACED")));
            assertThat(desk.post("gateway-1", "/orders/tester-b/cancel", "").status())
                    .isEqualTo(202);
            until(() -> desk.events("gateway-1", "b").equals(List.of("CANCELLED")));

            assertThat(desk.order("gateway-1", "a", "97.00").status()).isEqualTo(400);
            assertThat(desk.status("venue").path("counts").path("duplicates").asInt()).isZero();
        }
    }

    @Test
    void an_older_token_of_a_sender_is_refused() throws Exception {
        try (var desk = activeDesk()) {
            var newer = desk.order("gateway-1", "a", "99.00", "Sender", "s", "Sender-Token", "5");
            var older = desk.order("gateway-1", "b", "99.00", "Sender", "s", "Sender-Token", "4");

            assertThat(List.of(newer.status(), older.status())).isEqualTo(List.of(202, 409));
        }
    }

    @Test
    void an_order_that_could_not_be_sent_in_time_is_returned_and_never_sent() throws Exception {
        try (var desk = activeDesk()) {
            desk.kill("venue");
            until(() -> !desk.status("gateway-1").path("session").path("loggedOn").asBoolean());
            assertThat(desk.order("gateway-1", "waits", "99.00").status()).isEqualTo(202);
            until(() -> desk.events("gateway-1", "waits").equals(List.of("RETURNED")));
            assertThat(desk.order("gateway-1", "refused", "99.00").status()).isEqualTo(503);
            desk.startVenue();
            until(() -> desk.status("gateway-1").path("session").path("loggedOn").asBoolean());
            until(() -> desk.order("gateway-1", "flows", "99.00").status() == 202);

            until(() -> desk.status("venue").path("counts").path("accepted").asInt() == 1);
        }
    }

    @Test
    void an_order_that_no_venue_could_take_is_refused_and_troubles_nobody_else() throws Exception {
        try (var desk = activeDesk()) {
            var wrong =
                    List.of(
                            DeskUnderTest.asked("a", "99.00").put("quantity", 1L << 31),
                            DeskUnderTest.asked("b", "99.00").put("quantity", 10.5),
                            DeskUnderTest.asked("c", "1E1000000000"),
                            DeskUnderTest.asked("d", "99." + "1".repeat(40)),
                            DeskUnderTest.asked("e\u000158=x", "99.00"),
                            DeskUnderTest.asked("f~c1", "99.00"),
                            DeskUnderTest.asked("g".repeat(64), "99.00"),
                            DeskUnderTest.asked("h", "99.00").put("symbol", "AAA\u000154=2"));
            var answers = new ArrayList<Integer>();
            for (var order : wrong) {
                answers.add(desk.post("gateway-1", "/orders", order).status());
            }

            assertThat(answers).hasSize(wrong.size()).containsOnly(400);
            assertThat(desk.order("gateway-1", "fine", "99.00").status()).isEqualTo(202);
            until(() -> desk.status("gateway-1").path("openOrders").asInt() == 1);
            assertThat(desk.status("gateway-1").path("unanswered").asInt()).isZero();
        }
    }

    @Test
    void an_order_that_a_stalled_store_kept_waiting_too_long_is_never_sent() throws Exception {
        try (var desk = activeDesk();
                var other =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("orders.db"));
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            var first = answer(() -> desk.order("gateway-1", "first", "99.00"));
            var late = answer(() -> desk.order("gateway-1", "late", "99.00"));
            assertThat(List.of(first.get().status(), late.get().status()))
                    .isEqualTo(List.of(503, 503));
            statement.execute("ROLLBACK");
            until(() -> desk.order("gateway-1", "flows", "99.00").status() == 202);

            until(() -> desk.status("gateway-1").path("openOrders").asInt() == 1);
            assertThat(desk.get("gateway-1", "/orders/tester-late").status()).isEqualTo(404);
            assertThat(desk.status("venue").path("counts").path("accepted").asInt()).isEqualTo(1);
        }
    }

    private static FutureTask<DeskUnderTest.Answer> answer(Callable<DeskUnderTest.Answer> request) {
        var task = new FutureTask<>(request);
        Thread.ofVirtual().start(task);
        return task;
    }

    @Test
    void each_bad_version_is_bad_in_its_own_way() throws Exception {
        try (var desk = activeDesk()) {
            var good = desk.status("gateway-1").path("digest").path("binary").asText();
            desk.startGateway("never", "2-never-ready");
            desk.startReadyGateway("starts-active", "2-starts-active");

            assertThat(desk.state("starts-active")).isEqualTo("ACTIVE");
            assertThat(desk.order("starts-active", "harm", "99.00").status()).isEqualTo(503);
            until(() -> desk.status("venue").path("refusedSecondLogons").asInt() > 0);
            assertThat(desk.order("gateway-1", "fine", "99.00").status()).isEqualTo(202);
            assertThat(desk.get("never", "/ready").status()).isEqualTo(503);
            desk.kill("starts-active");
            desk.kill("never");

            desk.startReadyGateway("no-drain", "2-no-drain");
            desk.hook("gateway-1", "deactivate", 1);
            desk.activate("no-drain", 2);
            assertThat(desk.hook("no-drain", "drain", 2)).isEqualTo(202);
            assertThat(desk.status("no-drain").path("unanswered").asInt()).isEqualTo(1);
            assertThat(good).hasSize(64);
        }
    }

    @Test
    void what_a_bad_version_does_to_its_requests_shows_in_its_counts() throws Exception {
        try (var desk = activeDesk()) {
            desk.startReadyGateway("rejects", "2-rejects");
            desk.startReadyGateway("slow", "2-slow");
            desk.startReadyGateway("digest", "2-wrong-digest");
            desk.hook("gateway-1", "deactivate", 1);
            assertThat(refusedOf(desk, "rejects", 2)).isPositive();
            assertThat(desk.status("rejects").path("requests").path("rejected").asInt())
                    .isPositive();
            desk.hook("rejects", "deactivate", 2);
            assertThat(refusedOf(desk, "slow", 3)).isZero();
            assertThat(desk.status("slow").path("requests").path("slow").asInt()).isPositive();

            var file = Map.of("VERSION_FILE", "versions/gateway-2-wrong-digest.conf");
            assertThat(desk.status("digest").path("digest").path("binary").asText())
                    .isNotEqualTo(Digests.of(new Settings(file)).binary());
        }
    }

    @Test
    void a_version_that_sends_an_order_twice_counts_what_the_venue_refused_and_the_order_stands()
            throws Exception {
        try (var desk = activeDesk()) {
            desk.startReadyGateway("twice", "2-duplicates");
            desk.hook("gateway-1", "deactivate", 1);
            desk.activate("twice", 2);
            for (int i = 0; i < 60; i++) {
                desk.order("twice", "o" + i, "99.00");
            }

            until(() -> desk.status("twice").path("duplicates").asInt() > 0);

            until(() -> desk.status("twice").path("openOrders").asInt() == 60);
            assertThat(desk.status("venue").path("counts").path("duplicates").asInt()).isPositive();
        }
    }

    private static long refusedOf(DeskUnderTest desk, String instance, long token)
            throws Exception {
        desk.activate(instance, token);
        var refused = 0;
        for (var i = 0; i < 100; i++) {
            refused += desk.order(instance, instance + i, "99.00").status() == 400 ? 1 : 0;
        }
        return refused;
    }

    @Test
    void what_a_newer_format_adds_an_older_version_ignores() throws Exception {
        try (var desk = activeDesk()) {
            desk.order("gateway-1", "before", "99.00");
            desk.startReadyGateway("adds", "3-new-format");
            desk.hook("gateway-1", "deactivate", 1);
            desk.activate("adds", 2);
            desk.order("adds", "with", "99.00");
            desk.hook("adds", "deactivate", 2);
            desk.activate("gateway-1", 3);
            desk.order("gateway-1", "after", "99.00");
            until(() -> desk.status("gateway-1").path("openOrders").asInt() == 3);

            assertThat(column("instance")).isEqualTo(List.of("", "", "adds"));
            assertThat(desk.get("gateway-1", "/orders/tester-with").status()).isEqualTo(200);
        }
    }

    @Test
    void a_format_that_an_older_version_cannot_read_keeps_it_from_serving_and_from_starting()
            throws Exception {
        try (var desk = activeDesk()) {
            desk.order("gateway-1", "before", "98.00");
            desk.startReadyGateway("unreadable", "4-unreadable");
            desk.hook("gateway-1", "deactivate", 1);
            desk.activate("unreadable", 2);
            desk.order("unreadable", "with", "99.00");
            until(() -> desk.status("unreadable").path("openOrders").asInt() == 2);

            assertThat(column("limitPrice")).isEqualTo(List.of("98.00", "99.00"));
            until(() -> desk.get("gateway-1", "/ready").status() == 503);
            assertThat(desk.hook("gateway-1", "activate", 3)).isEqualTo(500);
            assertThat(desk.startGateway("old", "1").waitFor()).isEqualTo(1);
            assertThat(folder.resolve("old.log")).content().contains("readable by orders-4 only");
        }
    }

    private List<String> column(String name) throws Exception {
        var values = new ArrayList<String>();
        try (var store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("orders.db"));
                var statement = store.createStatement();
                var rows = statement.executeQuery("SELECT " + name + " FROM orders ORDER BY 1")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private DeskUnderTest activeDesk() throws Exception {
        var desk = new DeskUnderTest(folder);
        desk.startReadyGateway("gateway-1", "1");
        desk.activate("gateway-1", 1);
        return desk;
    }
}
