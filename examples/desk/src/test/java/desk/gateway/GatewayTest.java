package desk.gateway;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Digests;
import desk.common.Json;
import desk.common.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void a_store_in_a_newer_format_is_refused_by_a_version_that_cannot_read_it() throws Exception {
        try (var desk = activeDesk()) {
            desk.startReadyGateway("ignored", "3-new-format");
            desk.hook("gateway-1", "deactivate", 1);
            desk.activate("ignored", 2);
            assertThat(desk.get("gateway-1", "/ready").status()).isEqualTo(200);

            desk.startReadyGateway("unreadable", "4-unreadable");
            desk.hook("ignored", "deactivate", 2);
            desk.activate("unreadable", 3);
            until(() -> desk.get("gateway-1", "/ready").status() == 503);
        }
    }

    private DeskUnderTest activeDesk() throws Exception {
        var desk = new DeskUnderTest(folder);
        desk.startReadyGateway("gateway-1", "1");
        desk.activate("gateway-1", 1);
        return desk;
    }
}
