package desk.gateway;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Http;
import desk.common.Http.Reply;
import desk.common.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway sends nothing before a second source has confirmed its books.
@Tag("real")
class ReconciliationTest {
    private static final String WRONG =
            """
            {"byInstrument": {"AAA": {"open": 7, "position": 0}}}""";
    private static final String RIGHT =
            """
            {"byInstrument": {}}""";

    @TempDir Path folder;
    private volatile String books = WRONG;

    @Test
    void it_stays_activating_while_the_drop_copy_is_silent() throws Exception {
        try (var desk = new DeskUnderTest(folder)) {
            desk.startReadyGateway("gateway-1", "1");
            desk.kill("drop-copy");
            assertThat(desk.hook("gateway-1", "activate", 1)).isEqualTo(202);

            assertThat(desk.state("gateway-1")).isEqualTo("ACTIVATING");
            assertThat(verdict(desk)).isEqualTo("the drop copy doesn't answer");
            assertThat(desk.order("gateway-1", "a", "99.00").status()).isEqualTo(503);
            desk.startDropCopy();
            until(() -> desk.state("gateway-1").equals("ACTIVE"));
            assertThat(desk.order("gateway-1", "a", "99.00").status()).isEqualTo(202);
        }
    }

    @Test
    void it_stays_activating_while_the_books_differ() throws Exception {
        try (var recorder = new Http(0);
                var desk = new DeskUnderTest(folder)) {
            recorder.get("/books", _ -> Reply.ok(Json.parse(books)));
            recorder.start();
            desk.startGateway("gateway-1", "1", "http://127.0.0.1:" + recorder.port());
            desk.untilReady("gateway-1");
            assertThat(desk.hook("gateway-1", "activate", 1)).isEqualTo(202);

            assertThat(desk.state("gateway-1")).isEqualTo("ACTIVATING");
            assertThat(verdict(desk)).isEqualTo("differs");
            books = RIGHT;
            until(() -> desk.state("gateway-1").equals("ACTIVE"));
        }
    }

    /// The instance before had the session a moment longer, and wrote down the end of an order that this one took for unanswered.
    @Test
    void what_another_instance_wrote_meanwhile_keeps_nobody_activating() throws Exception {
        try (var desk = new DeskUnderTest(folder)) {
            desk.startReadyGateway("gateway-1", "1");
            desk.startReadyGateway("gateway-2", "2");
            desk.activate("gateway-1", 1);
            var unknown = DeskUnderTest.asked("a", "99.00").put("symbol", "NONE");
            assertThat(desk.post("gateway-1", "/orders", unknown).status()).isEqualTo(202);
            until(() -> desk.events("gateway-1", "a").contains("REJECTED"));
            desk.hook("gateway-1", "deactivate", 1);
            desk.signal("venue", "STOP");
            state("SENDING");
            desk.hook("gateway-2", "activate", 2);
            assertThat(desk.status("gateway-2").path("inDoubt").asInt()).isEqualTo(1);

            state("REJECTED");
            desk.signal("venue", "CONT");

            until(() -> desk.state("gateway-2").equals("ACTIVE"));
            assertThat(desk.events("gateway-2", "a")).doesNotContain("IN_DOUBT");
        }
    }

    /// Of the desk's only order, as another process would write it.
    private void state(String state) throws Exception {
        try (var database = Database.file(folder.resolve("orders.db"))) {
            database.update("UPDATE orders SET state = ?", state);
        }
    }

    /// An order that waited for the session is returned to its client: of a desk whose books nobody confirms it may not go out.
    @Test
    void an_order_that_waits_is_not_sent_while_nobody_confirms_the_books() throws Exception {
        try (var desk = new DeskUnderTest(folder)) {
            desk.startReadyGateway("gateway-1", "1");
            desk.activate("gateway-1", 1);
            desk.kill("drop-copy");
            desk.post("venue", "/control/disconnect", Json.object().put("compId", "DESK1"));
            until(() -> verdict(desk).equals("the drop copy doesn't answer"));
            var answer = desk.order("gateway-1", "waits", "99.00").status();

            assertThat(answer).isIn(202, 503); // taken only within two seconds of the loss
            if (answer == 202) {
                until(() -> desk.events("gateway-1", "waits").contains("RETURNED"));
            }
            assertThat(desk.status("venue").path("counts").path("accepted").asInt()).isZero();
        }
    }

    private static String verdict(DeskUnderTest desk) throws Exception {
        return desk.status("gateway-1").path("reconcile").path("dropCopy").asText();
    }
}
