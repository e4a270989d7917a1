package desk.venue;

import static desk.venue.TestingClient.is;
import static desk.venue.TestingClient.report;
import static desk.venue.TestingClient.type;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Settings;
import desk.common.Waiting;
import desk.dropcopy.DropCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickfix.Message;
import quickfix.field.ClOrdID;
import quickfix.field.ExecType;
import quickfix.field.LastQty;
import quickfix.field.LeavesQty;
import quickfix.field.MassCancelRequestType;
import quickfix.field.MassStatusReqID;
import quickfix.field.MassStatusReqType;
import quickfix.field.MsgType;
import quickfix.field.OrdRejReason;
import quickfix.field.OrdStatus;
import quickfix.field.OrigClOrdID;
import quickfix.field.PossDupFlag;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.field.TotNumReports;
import quickfix.field.TotalAffectedOrders;

/// The venue as its clients meet it.
class VenueTest {
    private static final char BUY = '1';
    private static final char SELL = '2';

    @TempDir Path folder;
    private Venue venue;
    private TestingClient client;

    private TestingClient start(Map<String, String> settings, boolean fencing) throws Exception {
        var all = new HashMap<>(Map.of("DESK_DIR", folder.toString(), "HOUSE_TAKES", "0"));
        all.putAll(settings);
        venue = new Venue(new Settings(all), fencing);
        client = new TestingClient(venue.fixPort(), "DESK1", TestingClient.store());
        return client.untilLoggedOn();
    }

    private TestingClient start() throws Exception {
        return start(Map.of(), false);
    }

    @AfterEach
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (venue != null) {
            venue.close();
        }
    }

    private void untilOpenOrders(int count) throws Exception {
        Waiting.until(() -> status("/openOrders") == count);
    }

    private long status(String pointer) throws Exception {
        return Waiting.get(venue.httpPort(), "/status").at(pointer).asLong();
    }

    @Test
    void an_order_fills_at_once_in_part_or_rests_as_its_price_and_quantity_say() throws Exception {
        start();
        client.order("full", "AAA", BUY, 100, "101");
        client.order("part", "AAA", BUY, 600, "101");
        client.order("rest", "AAA", BUY, 100, "99");

        assertThat(client.await("full", ExecType.TRADE).getChar(OrdStatus.FIELD)).isEqualTo('2');
        var part = client.await("part", ExecType.TRADE);
        assertThat(part.getInt(LastQty.FIELD)).isEqualTo(500);
        assertThat(part.getInt(LeavesQty.FIELD)).isEqualTo(100);
        client.await("rest", ExecType.NEW);
        untilOpenOrders(2);
    }

    @Test
    void clients_orders_meet_each_other_at_the_price_of_the_one_that_waited() throws Exception {
        start(Map.of("HOUSE_CLIP", "0"), false);
        client.order("first", "AAA", BUY, 100, "99");
        client.order("better", "AAA", BUY, 100, "99.5");
        client.order("sell", "AAA", SELL, 150, "99");

        client.await("better", ExecType.TRADE);
        var first = client.await("first", ExecType.TRADE);
        assertThat(first.getInt(LastQty.FIELD)).isEqualTo(50);
        untilOpenOrders(1);
    }

    @Test
    void an_unknown_symbol_and_a_wild_price_are_rejected() throws Exception {
        start();
        client.order("symbol", "ZZZ", BUY, 100, "100");
        client.order("price", "AAA", BUY, 100, "1000");

        assertThat(client.await("symbol", ExecType.REJECTED).getString(Text.FIELD)).contains("ZZZ");
        client.await("price", ExecType.REJECTED);
    }

    @Test
    void a_second_order_with_the_same_id_is_rejected_and_counted() throws Exception {
        start();
        client.order("one", "AAA", BUY, 100, "99");
        client.order("one", "AAA", BUY, 100, "99");

        var reject = client.await("one", ExecType.REJECTED);
        assertThat(reject.getInt(OrdRejReason.FIELD)).isEqualTo(OrdRejReason.DUPLICATE_ORDER);
        assertThat(status("/counts/duplicates")).isEqualTo(1);
        assertThat(status("/openOrders")).isEqualTo(1);
    }

    @Test
    void an_order_can_be_replaced_and_cancelled_but_not_too_late() throws Exception {
        start();
        client.order("one", "AAA", BUY, 100, "99");
        client.replace("two", "one", 150, "98.5");
        client.cancel("c1", "two");
        client.cancel("c2", "two");

        assertThat(client.await("two", ExecType.REPLACED).getString(OrigClOrdID.FIELD))
                .isEqualTo("one");
        assertThat(client.await("c1", ExecType.CANCELED).getString(OrigClOrdID.FIELD))
                .isEqualTo("two");
        assertThat(client.await(type(MsgType.ORDER_CANCEL_REJECT)).getString(ClOrdID.FIELD))
                .isEqualTo("c2");
        untilOpenOrders(0);
    }

    @Test
    void status_and_mass_status_tell_what_is_open_and_what_was_never_seen() throws Exception {
        start();
        client.order("one", "AAA", BUY, 100, "99");
        client.order("two", "BBB", BUY, 100, "49");
        client.send(statusRequest("one"));
        client.send(statusRequest("never"));
        var mass = client.message(MsgType.ORDER_MASS_STATUS_REQUEST);
        mass.setString(MassStatusReqID.FIELD, "m");
        mass.setInt(MassStatusReqType.FIELD, MassStatusReqType.STATUS_FOR_ALL_ORDERS);
        client.send(mass);

        assertThat(client.await("one", 'I').getChar(OrdStatus.FIELD)).isEqualTo('0');
        assertThat(client.await("never", 'I').getChar(OrdStatus.FIELD)).isEqualTo('8');
        var reports = client.await(m -> is(m, MassStatusReqID.FIELD, "m") && is(m, 912, "Y"));
        assertThat(reports.getInt(TotNumReports.FIELD)).isEqualTo(2);
    }

    private Message statusRequest(String clOrdId) {
        var request = client.message(MsgType.ORDER_STATUS_REQUEST);
        request.setString(ClOrdID.FIELD, clOrdId);
        request.setString(Symbol.FIELD, "AAA");
        request.setChar(quickfix.field.Side.FIELD, BUY);
        return request;
    }

    @Test
    void mass_cancel_cancels_everything_and_says_how_many() throws Exception {
        start();
        client.order("one", "AAA", BUY, 100, "99");
        client.order("two", "BBB", BUY, 100, "49");
        var cancel = client.message(MsgType.ORDER_MASS_CANCEL_REQUEST);
        cancel.setString(ClOrdID.FIELD, "all");
        cancel.setChar(MassCancelRequestType.FIELD, MassCancelRequestType.CANCEL_ALL_ORDERS);
        client.send(cancel);

        var report = client.await(type(MsgType.ORDER_MASS_CANCEL_REPORT));
        assertThat(report.getInt(TotalAffectedOrders.FIELD)).isEqualTo(2);
        assertThat(client.received(report("all", ExecType.CANCELED))).hasSize(2);
        untilOpenOrders(0);
    }

    @Test
    void a_second_logon_is_refused_and_written_down_and_the_first_goes_on() throws Exception {
        start();
        // Not through the engine: in one process it has one session for a CompID.
        try (var second = new java.net.Socket("127.0.0.1", venue.fixPort())) {
            second.getOutputStream().write(RawFix.logon("DESK1", 1));

            assertThat(second.getInputStream().read()).isEqualTo(-1);
        }
        Waiting.until(
                () -> Files.readString(folder.resolve("venue/sessions.jsonl")).contains("REFUSED"));
        client.order("still", "AAA", BUY, 100, "101");
        client.await("still", ExecType.TRADE);
        assertThat(status("/refusedSecondLogons")).isEqualTo(1);
    }

    @Test
    void what_fills_while_nobody_is_logged_on_is_told_after_the_next_logon() throws Exception {
        start();
        var store = TestingClient.store();
        client.close();
        client = new TestingClient(venue.fixPort(), "DESK1", continued(store)).untilLoggedOn();
        client.order("one", "AAA", BUY, 100, "99");
        client.await("one", ExecType.NEW);
        client.logOut();
        client.close();

        Waiting.post(venue.httpPort(), "/control/fill-all", "{}");
        client = new TestingClient(venue.fixPort(), "DESK1", store).untilLoggedOn();

        var fill = client.await("one", ExecType.TRADE);
        assertThat(fill.getHeader().getBoolean(PossDupFlag.FIELD)).isTrue();
    }

    /// A store that goes on from the venue's numbers.
    private quickfix.MessageStore continued(quickfix.MessageStore store) throws Exception {
        Waiting.until(() -> venueLoggedOn() == 0);
        var log =
                Files.readAllLines(
                        folder.resolve("venue/fix-DESK1.log"),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
        for (var line : log) {
            var parts = line.split(" ");
            var number = Integer.parseInt(parts[1]);
            switch (parts[0]) {
                case "S" -> store.setNextTargetMsgSeqNum(number + 1);
                case "N" -> store.setNextTargetMsgSeqNum(number);
                default -> store.setNextSenderMsgSeqNum(number);
            }
        }
        return store;
    }

    private int venueLoggedOn() throws Exception {
        return Waiting.get(venue.httpPort(), "/status").path("loggedOn").size();
    }

    @Test
    void cancel_on_disconnect_cancels_only_when_it_is_on() throws Exception {
        start();
        client.order("kept", "AAA", BUY, 100, "99");
        client.await("kept", ExecType.NEW);
        client.drop();
        Waiting.until(() -> venueLoggedOn() == 0);
        assertThat(status("/openOrders")).isEqualTo(1);

        Waiting.post(venue.httpPort(), "/control/cancel-on-disconnect", "{\"mode\":\"on\"}");
        client =
                new TestingClient(venue.fixPort(), "DESK1", continued(TestingClient.store()))
                        .untilLoggedOn();
        client.drop();
        untilOpenOrders(0);
    }

    @Test
    void with_a_grace_the_orders_of_a_client_that_is_back_in_time_stay() throws Exception {
        start(Map.of("CANCEL_ON_DISCONNECT", "60000"), false); // back in time, however slow
        client.order("kept", "AAA", BUY, 100, "99");
        client.await("kept", ExecType.NEW);
        client.drop();
        client =
                new TestingClient(venue.fixPort(), "DESK1", continued(TestingClient.store()))
                        .untilLoggedOn();
        assertThat(status("/openOrders")).isEqualTo(1);
        Waiting.post(venue.httpPort(), "/control/cancel-on-disconnect", "{\"mode\":\"100\"}");
        client.drop();

        untilOpenOrders(0);
    }

    @Test
    void orders_under_an_older_token_are_counted_and_refused_only_with_fencing() throws Exception {
        start();
        client.withToken(7).order("new", "AAA", BUY, 100, "99");
        client.withToken(6).order("old", "AAA", BUY, 100, "99");
        client.await("old", ExecType.NEW);
        assertThat(status("/counts/olderToken")).isEqualTo(1);
        stop();

        folder = Files.createDirectory(folder.resolve("fencing"));
        start(Map.of(), true);
        client.withToken(7).order("new", "AAA", BUY, 100, "99");
        client.withToken(6).order("old", "AAA", BUY, 100, "99");
        client.await("old", ExecType.REJECTED);
    }

    @Test
    void the_drop_copy_equals_the_books_also_when_it_was_away() throws Exception {
        start();
        var settings =
                new Settings(
                        Map.of(
                                "DESK_DIR",
                                folder.toString(),
                                "VENUE",
                                "127.0.0.1:" + venue.fixPort()));
        try (var copy = new DropCopy(settings)) {
            client.order("one", "AAA", BUY, 100, "101");
            client.order("two", "AAA", BUY, 600, "101");
            untilEqualBooks(copy);
        }
        client.order("three", "BBB", SELL, 100, "51");
        client.cancel("c", "two");
        client.await("c", ExecType.CANCELED);
        try (var copy = new DropCopy(settings)) {
            untilEqualBooks(copy);
        }
    }

    private void untilEqualBooks(DropCopy copy) throws Exception {
        Waiting.until(
                () ->
                        status("/counts/executions") > 0
                                && Waiting.get(copy.httpPort(), "/books")
                                        .equals(Waiting.get(venue.httpPort(), "/books")));
    }
}
