package desk.gateway;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of an order that rests while its gateway is drained.
@Tag("real")
class DrainTest {
    @TempDir Path folder;

    @Test
    void a_drain_that_cancels_leaves_no_order_open_and_tells_the_client() throws Exception {
        try (var desk = deskWithARestingOrder()) {
            desk.drain("gateway-1", 1, "cancel");
            until(() -> desk.state("gateway-1").equals("DRAINED"));

            assertThat(desk.events("gateway-1", "rests")).isEqualTo(List.of("CANCELLED"));
            assertThat(desk.status("gateway-1").path("openOrders").asInt()).isZero();
            assertThat(desk.get("venue", "/open-orders").body()).doesNotContain("tester-rests");
        }
    }

    @Test
    void a_drain_that_waits_sends_nothing_and_ends_with_the_last_open_order() throws Exception {
        try (var desk = deskWithARestingOrder()) {
            assertThat(desk.drain("gateway-1", 1, "wait")).isEqualTo(202);
            assertThat(desk.state("gateway-1")).isEqualTo("DRAINING");
            assertThat(desk.order("gateway-1", "late", "99.00").status()).isEqualTo(503);

            desk.post("venue", "/control/fill-all", "");
            until(() -> desk.state("gateway-1").equals("DRAINED"));
            assertThat(desk.events("gateway-1", "rests")).isEqualTo(List.of("FILLED"));
        }
    }

    @Test
    void a_drain_that_hands_over_leaves_the_order_resting() throws Exception {
        try (var desk = deskWithARestingOrder()) {
            assertThat(desk.drain("gateway-1", 1, "hand-over")).isEqualTo(200);

            assertThat(desk.state("gateway-1")).isEqualTo("DRAINED");
            assertThat(desk.status("gateway-1").path("openOrders").asInt()).isEqualTo(1);
        }
    }

    @Test
    void what_was_drained_to_hand_over_may_still_be_told_to_cancel() throws Exception {
        try (var desk = deskWithARestingOrder()) {
            desk.drain("gateway-1", 1, "hand-over");
            desk.drain("gateway-1", 1, "cancel");

            until(() -> desk.events("gateway-1", "rests").equals(List.of("CANCELLED")));
        }
    }

    private DeskUnderTest deskWithARestingOrder() throws Exception {
        var desk = new DeskUnderTest(folder);
        desk.startReadyGateway("gateway-1", "1");
        desk.activate("gateway-1", 1);
        desk.order("gateway-1", "rests", "99.00");
        until(() -> desk.get("venue", "/open-orders").body().contains("tester-rests"));
        until(() -> desk.status("gateway-1").path("unanswered").asInt() == 0);
        return desk;
    }
}
