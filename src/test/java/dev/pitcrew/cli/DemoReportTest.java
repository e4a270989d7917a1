package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.cli.DemoReport.Act;
import dev.pitcrew.cli.DemoReport.AuditEnd;
import dev.pitcrew.cli.DemoReport.FailureEnd;
import dev.pitcrew.cli.DemoReport.JudgedEnd;
import dev.pitcrew.cli.DemoReport.KillEnd;
import dev.pitcrew.cli.DemoReport.LedgerEnd;
import dev.pitcrew.cli.DemoReport.Orders;
import dev.pitcrew.cli.DemoReport.ReleaseEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What has to be so for a demo to be good: each condition broken alone.
class DemoReportTest {
    private static final Orders ORDERS = new Orders(100, 90, 60, 3, 3, 0, 0, 0);
    private static final AuditEnd CLEAN = new AuditEnd(true, 0, 0, 0);
    private static final ReleaseEnd RELEASE =
            new ReleaseEnd("gateway 2-slow", "rolled back", "rolled back", "bake: slow");
    private static final JudgedEnd JUDGED =
            new JudgedEnd("entry 2-slow", "FAIL", 2_100, 1_050, 2_000, 9_000, 0.01);
    private static final FailureEnd FAILURE =
            new FailureEnd("SIGKILL of the active gateway", true, "gateway-1 gave way");
    private static final LedgerEnd LEDGER = new LedgerEnd(12, true);
    private static final KillEnd KILL = new KillEnd(200, 0, 900);
    private static final Act RESTING = new Act("200 orders rest at the venue", true);

    @Test
    void as_it_has_to_be_nothing_is_wrong() {
        var report = report(RESTING, ORDERS, CLEAN, 0, RELEASE, FAILURE, LEDGER, KILL);

        assertThat(report.wrong()).isEmpty();
        assertThat(report.good()).isTrue();
    }

    @Test
    void an_act_that_did_not_come_about_is_wrong() {
        assertThat(
                        wrong(
                                new Act("200 orders rest at the venue", false),
                                ORDERS,
                                CLEAN,
                                0,
                                RELEASE,
                                FAILURE,
                                LEDGER,
                                KILL))
                .containsExactly("not so: 200 orders rest at the venue");
    }

    @Test
    void orders_lost_duplicated_or_in_doubt_are_wrong() {
        assertThat(wrong(new Orders(100, 90, 60, 3, 3, 3, 1, 2)))
                .containsExactly(
                        "1 orders were lost", "2 orders were duplicated", "3 orders are in doubt");
    }

    @Test
    void without_an_acknowledged_order_nothing_was_shown() {
        assertThat(wrong(new Orders(100, 0, 0, 0, 0, 0, 0, 0)))
                .containsExactly("no order was acknowledged");
    }

    @Test
    void more_returned_than_arrived_in_the_dark_is_wrong() {
        assertThat(wrong(new Orders(100, 90, 60, 4, 3, 0, 0, 0)))
                .containsExactly("4 orders were returned, and 3 arrived while nobody could send");
    }

    @Test
    void what_an_audit_did_not_count_is_wrong() {
        assertThat(wrong(new Orders(-1, 90, -1, -1, 0, -1, -1, -1)))
                .containsExactly(
                        "-1 orders were lost",
                        "-1 orders were duplicated",
                        "-1 orders are in doubt");
    }

    @Test
    void two_active_senders_are_wrong() {
        assertThat(wrong(RESTING, ORDERS, CLEAN, 1, RELEASE, FAILURE, LEDGER, KILL))
                .containsExactly("1 times two were active");
    }

    @Test
    void whatever_the_audit_finds_is_wrong() {
        assertThat(
                        wrong(
                                RESTING,
                                ORDERS,
                                new AuditEnd(false, 1, 2, 3),
                                0,
                                RELEASE,
                                FAILURE,
                                LEDGER,
                                KILL))
                .containsExactly(
                        "1 orders worked that their client was told never did",
                        "2 orders are at the venue that no client sent",
                        "3 executions differ between venue and drop copy");
        assertThat(
                        wrong(
                                RESTING,
                                ORDERS,
                                new AuditEnd(false, 0, 0, 0),
                                0,
                                RELEASE,
                                FAILURE,
                                LEDGER,
                                KILL))
                .containsExactly("the audit is not clean");
    }

    @Test
    void a_release_that_ends_otherwise_than_expected_is_wrong() {
        var served = new ReleaseEnd("gateway 2-slow", "rolled back", "done", "serves 2-slow");

        assertThat(wrong(RESTING, ORDERS, CLEAN, 0, served, FAILURE, LEDGER, KILL))
                .containsExactly("gateway 2-slow was done, not rolled back: serves 2-slow");
    }

    @Test
    void harm_that_is_found_later_than_predicted_is_wrong() {
        var late = new JudgedEnd("entry 2-slow", "FAIL", 9_001, 4_500, 2_000, 9_000, 0.01);
        var kept = new JudgedEnd("entry 2", "INCONCLUSIVE", 12_000, 6_000, 2_000, 9_000, 0.01);

        assertThat(report(late, kept).wrong())
                .containsExactly(
                        "entry 2-slow was found after 9001 orders, and at most 9000 were predicted");
    }

    @Test
    void a_failure_that_nobody_recovered_from_is_wrong() {
        var left =
                new FailureEnd(
                        "SIGKILL of the active gateway", false, "nobody took over from gateway-1");

        assertThat(wrong(RESTING, ORDERS, CLEAN, 0, RELEASE, left, LEDGER, KILL))
                .containsExactly("SIGKILL of the active gateway: nobody took over from gateway-1");
    }

    @Test
    void a_ledger_that_is_not_whole_is_wrong() {
        assertThat(
                        wrong(
                                RESTING,
                                ORDERS,
                                CLEAN,
                                0,
                                RELEASE,
                                FAILURE,
                                new LedgerEnd(12, false),
                                KILL))
                .containsExactly("the ledger is not whole");
    }

    @Test
    void a_kill_that_confirms_nothing_is_wrong() {
        assertThat(
                        wrong(
                                RESTING,
                                ORDERS,
                                CLEAN,
                                0,
                                RELEASE,
                                FAILURE,
                                LEDGER,
                                new KillEnd(200, 0, -1)))
                .containsExactly("the kill did not confirm that no order is open");
    }

    @Test
    void its_json_has_the_keys_that_scripts_read() throws Exception {
        var json =
                new JsonMapper()
                        .readTree(
                                DeskCommand.json(
                                        report(
                                                RESTING, ORDERS, CLEAN, 0, RELEASE, FAILURE, LEDGER,
                                                KILL)));

        assertThat(keys(json))
                .containsExactly(
                        "good",
                        "wrong",
                        "acts",
                        "orders",
                        "audit",
                        "twoActiveIntervals",
                        "handoff",
                        "failover",
                        "releases",
                        "judged",
                        "failures",
                        "ledger",
                        "kill",
                        "seconds");
        assertThat(json.path("good").asBoolean()).isTrue();
        assertThat(keys(json.path("orders")))
                .contains(
                        "sent",
                        "acknowledged",
                        "filled",
                        "returned",
                        "inDoubt",
                        "lost",
                        "duplicated");
        assertThat(keys(json.path("handoff"))).contains("darkMillisP50", "darkMillisP99");
        assertThat(keys(json.path("failover"))).contains("darkMillisP50", "darkMillisP99");
        assertThat(keys(json.path("releases").path(0)))
                .containsExactly("name", "expected", "outcome", "reason");
        assertThat(keys(json.path("judged").path(0)))
                .containsExactly(
                        "name",
                        "verdict",
                        "orders",
                        "canary",
                        "predictedMedian",
                        "predictedMost",
                        "alpha");
        assertThat(keys(json.path("ledger"))).containsExactly("entries", "verified");
        assertThat(keys(json.path("kill")))
                .containsExactly("openBefore", "toLastOrderMillis", "toNoOpenOrderMillis");
    }

    private static List<String> keys(JsonNode node) {
        return node.properties().stream().map(java.util.Map.Entry::getKey).toList();
    }

    private static List<String> wrong(Orders orders) {
        return wrong(RESTING, orders, CLEAN, 0, RELEASE, FAILURE, LEDGER, KILL);
    }

    private static List<String> wrong(
            Act act,
            Orders orders,
            AuditEnd audit,
            int twoActive,
            ReleaseEnd release,
            FailureEnd failure,
            LedgerEnd ledger,
            KillEnd kill) {
        return report(act, orders, audit, twoActive, release, failure, ledger, kill).wrong();
    }

    private static DemoReport report(JudgedEnd... judged) {
        return report(RESTING, ORDERS, CLEAN, 0, RELEASE, FAILURE, LEDGER, KILL, List.of(judged));
    }

    private static DemoReport report(
            Act act,
            Orders orders,
            AuditEnd audit,
            int twoActive,
            ReleaseEnd release,
            FailureEnd failure,
            LedgerEnd ledger,
            KillEnd kill) {
        return report(
                act, orders, audit, twoActive, release, failure, ledger, kill, List.of(JUDGED));
    }

    private static DemoReport report(
            Act act,
            Orders orders,
            AuditEnd audit,
            int twoActive,
            ReleaseEnd release,
            FailureEnd failure,
            LedgerEnd ledger,
            KillEnd kill,
            List<JudgedEnd> judged) {
        var dark = new DarkTime(1, 20, 20, 20);
        return new DemoReport(
                List.of(act),
                orders,
                audit,
                twoActive,
                dark,
                dark,
                List.of(release),
                judged,
                List.of(failure),
                ledger,
                kill,
                60);
    }
}
