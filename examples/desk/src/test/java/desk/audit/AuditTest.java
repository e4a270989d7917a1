package desk.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hand-made files: one honest desk, then each kind of wrong put into it.
class AuditTest {
    @TempDir Path folder;

    private static final String CLIENT =
            """
            {"id":"1","event":"SENT","quantity":100}
            {"id":"1","event":"ACKNOWLEDGED"}
            {"id":"1","event":"FILLED"}
            {"id":"2","event":"SENT","quantity":100}
            {"id":"2","event":"ACKNOWLEDGED"}
            {"id":"2","event":"RETURNED"}
            {"id":"3","event":"SENT","quantity":100}
            {"id":"3","event":"ACKNOWLEDGED"}
            {"id":"4","event":"SENT","quantity":100}
            {"id":"4","event":"REFUSED"}
            """;
    private static final String ORDERS =
            """
            {"at":"T1","compId":"D","clOrdId":"c-1","kind":"NEW","token":1,"instance":"g-1","accepted":true,"atNanos":1000000}
            {"at":"T2","compId":"D","clOrdId":"c-3","kind":"NEW","token":2,"instance":"g-2","accepted":true,"atNanos":41000000}
            """;
    private static final String EXECUTIONS =
            """
            {"execId":1,"orderId":1,"clOrdId":"c-1","type":"NEW","quantity":100,"leaves":100}
            {"execId":2,"orderId":1,"clOrdId":"c-1","type":"FILLED","quantity":100,"lastQuantity":100,"leaves":0}
            {"execId":3,"orderId":2,"clOrdId":"c-3","type":"NEW","quantity":100,"leaves":100}
            """;

    private Verdict audit(String client, String orders, String executions) throws IOException {
        write("clients/c.jsonl", client);
        write("venue/orders.jsonl", orders);
        write("venue/executions.jsonl", executions);
        write("drop-copy/executions.jsonl", executions);
        return Audit.judge(Evidence.read(folder));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void an_honest_desk_is_clean_and_every_acknowledged_order_has_one_end() throws IOException {
        var verdict = audit(CLIENT, ORDERS, EXECUTIONS);

        assertThat(verdict.orders()).isEqualTo(new Verdict.Orders(4, 3, 1, 1, 0, 0, 0, 1, 0, 0, 0));
        assertThat(verdict.clean()).isTrue();
        assertThat(verdict.dropCopyDiffers()).isZero();
    }

    @Test
    void dark_time_runs_from_the_last_order_of_the_old_to_the_first_of_the_new()
            throws IOException {
        var verdict = audit(CLIENT, ORDERS, EXECUTIONS);

        assertThat(verdict.handoffs())
                .containsExactly(new Verdict.Handoff("T2", "g-1", "g-2", 40.0));
        assertThat(verdict.darkMillisP99()).isEqualTo(40.0);
    }

    @Test
    void an_acknowledged_order_without_any_end_is_lost() throws IOException {
        var lost = "{\"id\":\"5\",\"event\":\"SENT\"}\n{\"id\":\"5\",\"event\":\"ACKNOWLEDGED\"}\n";
        var verdict = audit(CLIENT + lost, ORDERS, EXECUTIONS);

        assertThat(verdict.lostOrders()).containsExactly("c-5");
        assertThat(verdict.clean()).isFalse();
    }

    @Test
    void an_order_that_nobody_can_tell_about_is_in_doubt_by_name_and_not_lost() throws IOException {
        var doubt =
                """
                {"id":"5","event":"SENT"}
                {"id":"5","event":"ACKNOWLEDGED"}
                {"id":"5","event":"IN_DOUBT"}
                """;
        var verdict = audit(CLIENT + doubt, ORDERS, EXECUTIONS);

        assertThat(verdict.inDoubtOrders()).containsExactly("c-5");
        assertThat(verdict.orders().lost()).isZero();
    }

    @Test
    void a_client_order_that_became_two_orders_is_duplicated() throws IOException {
        var second =
                """
                {"execId":4,"orderId":3,"clOrdId":"c-1","type":"NEW","quantity":100,"leaves":100}
                """;

        assertThat(audit(CLIENT, ORDERS, EXECUTIONS + second).duplicatedOrders())
                .containsExactly("c-1");
    }

    @Test
    void an_order_filled_beyond_its_quantity_is_duplicated() throws IOException {
        var more =
                """
                {"execId":4,"orderId":1,"clOrdId":"c-1","type":"FILLED","quantity":100,"lastQuantity":1,"leaves":0}
                """;

        assertThat(audit(CLIENT, ORDERS, EXECUTIONS + more).duplicatedOrders())
                .containsExactly("c-1");
    }

    @Test
    void an_order_sent_as_new_twice_is_duplicated_although_the_venue_refused_it()
            throws IOException {
        var again =
                """
                {"at":"T3","compId":"D","clOrdId":"c-3","kind":"NEW","token":2,"instance":"g-2","accepted":false,"why":"duplicate ClOrdID","atNanos":42000000}
                """;

        assertThat(audit(CLIENT, ORDERS + again, EXECUTIONS).duplicatedOrders())
                .containsExactly("c-3");
    }

    @Test
    void an_old_sender_that_goes_on_after_the_new_one_is_one_interval_of_two_active()
            throws IOException {
        var old =
                """
                {"at":"T3","compId":"D","clOrdId":"x-1","kind":"CANCEL","token":1,"instance":"g-1","accepted":true,"atNanos":42000000}
                {"at":"T4","compId":"D","clOrdId":"x-2","kind":"CANCEL","token":1,"instance":"g-1","accepted":true,"atNanos":43000000}
                """;
        var verdict = audit(CLIENT, ORDERS + old, EXECUTIONS);

        assertThat(verdict.twoActiveIntervals()).isEqualTo(1);
        assertThat(verdict.olderTokenOrders()).isEqualTo(2);
        assertThat(verdict.clean()).isFalse();
    }

    @Test
    void two_senders_under_one_token_are_two_active() throws IOException {
        var twin =
                """
                {"at":"T3","compId":"D","clOrdId":"x-1","kind":"NEW","token":2,"instance":"g-3","accepted":true,"atNanos":42000000}
                """;

        assertThat(audit(CLIENT, ORDERS + twin, EXECUTIONS).twoActiveIntervals()).isEqualTo(1);
    }

    @Test
    void a_sender_without_a_token_beside_one_with_a_token_is_two_active() throws IOException {
        var nameless =
                """
                {"at":"T3","compId":"D","clOrdId":"x-1","kind":"NEW","instance":"g-3","accepted":true,"atNanos":42000000}
                """;
        var verdict = audit(CLIENT, ORDERS + nameless, EXECUTIONS);

        assertThat(verdict.twoActiveIntervals()).isEqualTo(1);
        assertThat(verdict.olderTokenOrders()).isEqualTo(1);
    }

    @Test
    void a_kill_through_the_standby_cancels_and_is_no_second_sender() throws IOException {
        var kill =
                """
                {"at":"T3","compId":"D","clOrdId":"KILL-1","kind":"MASS_CANCEL","token":2,"instance":"g-1","accepted":true,"atNanos":42000000}
                {"at":"T4","compId":"D","clOrdId":"KILL-1-1-c-3","kind":"CANCEL","token":1,"instance":"g-1","accepted":true,"atNanos":43000000}
                """;
        var verdict = audit(CLIENT, ORDERS + kill, EXECUTIONS);

        assertThat(verdict.twoActiveIntervals()).isZero();
        assertThat(verdict.olderTokenOrders()).isZero();
    }

    @Test
    void an_order_at_the_venue_that_no_client_sent_is_not_clean() throws IOException {
        var unasked =
                """
                {"execId":4,"orderId":3,"clOrdId":"nobody-1","type":"NEW","quantity":100,"leaves":100}
                """;
        var verdict = audit(CLIENT, ORDERS, EXECUTIONS + unasked);

        assertThat(verdict.unsolicited()).isEqualTo(1);
        assertThat(verdict.clean()).isFalse();
    }

    @Test
    void an_order_returned_to_its_client_that_works_at_the_venue_is_contradicted()
            throws IOException {
        var told = "{\"id\":\"3\",\"event\":\"RETURNED\"}\n";
        var verdict = audit(CLIENT + told, ORDERS, EXECUTIONS);

        assertThat(verdict.contradictedOrders()).isEqualTo(List.of("c-3"));
        assertThat(verdict.clean()).isFalse();
    }

    @Test
    void a_replaced_order_ends_as_replaced_and_its_fills_count_against_the_new_quantity()
            throws IOException {
        var client =
                """
                {"id":"3b","event":"SENT","quantity":150}
                {"id":"3b","event":"ACKNOWLEDGED"}
                """;
        var executions =
                """
                {"execId":4,"orderId":2,"clOrdId":"c-3b","type":"REPLACED","quantity":150,"leaves":150}
                {"execId":5,"orderId":2,"clOrdId":"c-3b","type":"FILLED","quantity":150,"lastQuantity":150,"leaves":0}
                """;

        assertThat(audit(CLIENT + client, ORDERS, EXECUTIONS + executions).orders())
                .isEqualTo(new Verdict.Orders(5, 4, 2, 1, 0, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void second_logons_and_differences_of_the_drop_copy_are_counted() throws IOException {
        audit(CLIENT, ORDERS, EXECUTIONS);
        write("drop-copy/executions.jsonl", EXECUTIONS.lines().findFirst().orElseThrow() + "\n");
        write(
                "venue/sessions.jsonl",
                "{\"compId\":\"D\",\"event\":\"REFUSED\",\"why\":\"Multiple logons …\"}\n");
        var verdict = Audit.judge(Evidence.read(folder));

        assertThat(verdict.dropCopyDiffers()).isEqualTo(2);
        assertThat(verdict.refusedSecondLogons()).isEqualTo(1);
        assertThat(verdict.clean()).isFalse();
    }
}
