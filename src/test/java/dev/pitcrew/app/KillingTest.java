package dev.pitcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.KillReport.How;
import dev.pitcrew.runtime.http.ServiceHooks;
import dev.pitcrew.runtime.http.ServiceProbing;
import dev.pitcrew.runtime.process.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A kill of real processes, with no controller, no ledger and no balancer.
@Tag("real")
final class KillingTest {
    @TempDir private Path folder;
    private SmallDesk desk;

    @BeforeEach
    void start() throws Exception {
        desk = new SmallDesk(folder);
        desk.start("drop-copy", "drop-copy-1", "obeys");
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    @Test
    void a_gateway_that_obeys_blocks_and_cancels_and_lives_on() throws Exception {
        desk.start("gateway", "gateway-1", "obeys");

        var report = kill("off");

        assertThat(report.isClean()).isTrue();
        assertThat(report.noneOpenBy()).contains("drop-copy-1").contains("gateway-1");
        assertThat(report.instances())
                .extracting(KillReport.Stopped::how)
                .containsExactly(How.BLOCKED);
        assertThat(report.toNoOpenOrderMillis()).isNotNegative();
        assertThat(desk.lives("gateway-1")).isTrue();
    }

    @Test
    void orders_that_stay_open_end_in_a_cut_and_are_named_with_whom_to_call() throws Exception {
        desk.start("gateway", "gateway-1", "keeps-orders");

        var report = kill("off");

        assertThat(report.isClean()).isFalse();
        assertThat(report.instances()).extracting(KillReport.Stopped::how).containsExactly(How.CUT);
        assertThat(desk.lives("gateway-1")).isFalse();
        assertThat(report.mayLive())
                .extracting(OpenOrder::sentence)
                .containsExactly("c1-1 BUY 100 AAA at 10.5", "c1-2 SELL 5 BBB at 9");
        assertThat(report.calls())
                .containsExactly("simx: SIMX trading desk, +00 000 0000 (session DESK1 to SIMX)");
        assertThat(report.toLastOrderMillis()).isZero();
    }

    @Test
    void where_the_venue_cancels_on_disconnect_a_logout_comes_before_a_cut() throws Exception {
        desk.start("gateway", "gateway-1", "cancels-on-logout");

        var report = kill("on");

        assertThat(report.isClean()).isTrue();
        assertThat(report.instances())
                .extracting(KillReport.Stopped::how)
                .containsExactly(How.LOGGED_OUT);
        assertThat(desk.lives("gateway-1")).isTrue();
    }

    @Test
    void the_gateway_hears_how_long_to_go_on_cancelling() throws Exception {
        desk.start("gateway", "gateway-1", "obeys");

        kill("off");

        assertThat(folder.resolve("limits.txt")).hasContent("limit=1500ms");
    }

    @Test
    void a_gateway_that_does_not_take_the_kill_is_cut_at_once() throws Exception {
        desk.start("gateway", "gateway-1", "deaf");

        var report = kill("off");

        assertThat(report.instances()).extracting(KillReport.Stopped::how).containsExactly(How.CUT);
        assertThat(report.instances().getFirst().detail()).contains("500");
        assertThat(desk.lives("gateway-1")).isFalse();
    }

    @Test
    void a_stopped_gateway_is_cut_although_it_can_answer_nothing() throws Exception {
        desk.start("gateway", "gateway-1", "obeys");
        var pid =
                ((dev.pitcrew.runtime.process.ProcessState.Running)
                                desk.processes().state("gateway-1"))
                        .pid();
        new ProcessBuilder("kill", "-STOP", Long.toString(pid)).inheritIO().start().waitFor();

        var report = kill("off");

        assertThat(report.instances()).extracting(KillReport.Stopped::how).containsExactly(How.CUT);
        assertThat(desk.lives("gateway-1")).isFalse();
    }

    @Test
    void the_standby_is_stopped_as_well_so_that_nobody_takes_over() throws Exception {
        desk.start("gateway", "gateway-1", "obeys");
        desk.start("gateway", "gateway-2", "obeys");

        assertThat(kill("off").instances())
                .extracting(KillReport.Stopped::instance)
                .containsExactly("gateway-1", "gateway-2");
    }

    @Test
    void the_active_one_is_told_first_and_waits_for_no_passive_one() throws Exception {
        desk.start("gateway", "gateway-1", "passive-hangs");
        desk.start("gateway", "gateway-2", "obeys");

        var report = kill("off");

        assertThat(Files.readAllLines(folder.resolve("told.txt")))
                .containsExactly("obeys", "passive-hangs");
        assertThat(report.instances())
                .extracting(KillReport.Stopped::how)
                .containsExactly(How.CUT, How.BLOCKED);
        assertThat(report.isClean()).isTrue();
    }

    @Test
    void a_passive_one_is_told_although_the_active_one_hangs() throws Exception {
        desk.start("gateway", "gateway-1", "hangs");
        desk.start("gateway", "gateway-2", "passive");

        var report = kill("off");

        assertThat(Files.readAllLines(folder.resolve("told.txt")))
                .containsExactly("hangs", "passive");
        assertThat(report.instances())
                .extracting(KillReport.Stopped::how)
                .containsExactly(How.CUT, How.BLOCKED);
    }

    @Test
    void orders_that_the_drop_copy_names_stay_named_when_the_gateway_believes_that_none_is_open()
            throws Exception {
        desk.start("gateway", "gateway-1", "believes-none");

        var report = kill("off");

        assertThat(report.isClean()).isFalse();
        assertThat(report.mayLive())
                .extracting(OpenOrder::sentence)
                .containsExactly("c1-1 BUY 100 AAA at 10.5", "c1-2 SELL 5 BBB at 9");
    }

    @Test
    void without_a_drop_copy_the_venues_mass_status_counts() throws Exception {
        desk.start("gateway", "gateway-1", "obeys");
        desk.processes().kill("drop-copy-1");

        var report = kill("off");

        assertThat(report.isClean()).isTrue();
        assertThat(report.noneOpenBy())
                .isEqualTo("gateway-1, the venue's mass status to gateway-1");
    }

    @Test
    void a_gateways_own_account_alone_proves_nothing() throws Exception {
        desk.start("gateway", "gateway-1", "no-mass-status");
        desk.processes().kill("drop-copy-1");

        var report = kill("off");

        assertThat(report.isClean()).isFalse();
        assertThat(report.noneOpenBy()).isEmpty();
        assertThat(report.instances()).extracting(KillReport.Stopped::how).containsExactly(How.CUT);
        assertThat(report.calls()).hasSize(1);
    }

    @Test
    void an_order_that_never_rested_counts_for_when_the_last_one_was_accepted() throws Exception {
        desk.processes().kill("drop-copy-1");
        desk.start("drop-copy", "drop-copy-2", "busy");
        desk.start("gateway", "gateway-1", "obeys");

        assertThat(kill("off").toLastOrderMillis()).isPositive();
    }

    @Test
    void a_kill_of_a_strategy_leaves_orders_at_the_venue_and_is_clean_once_it_is_stopped()
            throws Exception {
        desk.start("gateway", "gateway-1", "obeys");
        desk.start("strategy", "strategy-1", "keeps-orders");

        var report =
                with(
                        reach ->
                                new Kill(reach, Clock.systemUTC())
                                        .run(order(Optional.of("strategy"), Optional.empty())),
                        "off");

        assertThat(report.services()).containsExactly("strategy");
        assertThat(report.isClean()).isTrue();
        assertThat(report.sentence()).startsWith("orders at the venue were left as they are");
        assertThat(Files.readString(folder.resolve("open-orders.json")))
                .isEqualTo(SmallDesk.TWO_ORDERS);
    }

    @Test
    void a_kill_of_a_venue_stops_what_is_connected_to_it() throws Exception {
        desk.start("gateway", "gateway-1", "obeys");

        var report =
                with(
                        reach ->
                                new Kill(reach, Clock.systemUTC())
                                        .run(order(Optional.empty(), Optional.of("simx"))),
                        "off");

        assertThat(report.services()).containsExactly("gateway");
        assertThat(report.isClean()).isTrue();
    }

    @Test
    void a_damaged_entry_in_the_registry_does_not_keep_others_alive() throws Exception {
        desk.start("gateway", "gateway-1", "deaf");
        Files.writeString(desk.data().processes().resolve("gateway-0.json"), "{");

        var report = kill("off");

        assertThat(report.instances())
                .extracting(one -> one.instance() + " " + one.how())
                .containsExactly("gateway-1 CUT", "gateway-0 AT_LARGE");
        assertThat(report.instances().getLast().detail()).contains("gateway-0.json is damaged");
        assertThat(desk.lives("gateway-1")).isFalse();
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void with_nobody_to_tell_no_order_is_taken_for_cancelled() throws Exception {
        desk.processes().kill("drop-copy-1");

        var report = kill("off");

        assertThat(report.isClean()).isFalse();
        assertThat(report.openOrders()).isNull();
        assertThat(report.calls()).hasSize(1);
    }

    @Test
    void a_test_of_the_kill_stops_nothing() throws Exception {
        desk.start("gateway", "gateway-1", "obeys");

        var gateway = order(Optional.of("gateway"), Optional.empty());
        var tried = with(reach -> new KillTest(reach).run(gateway), "off");

        assertThat(tried)
                .extracting(one -> one.instance() + " " + one.what() + " " + one.works())
                .containsExactly(
                        "gateway-1 kill hook true",
                        "gateway-1 latch true",
                        "drop-copy-1 open orders true");
        assertThat(Files.readString(folder.resolve("open-orders.json")))
                .isEqualTo(SmallDesk.TWO_ORDERS);
    }

    private KillReport kill(String cancelOnDisconnect) throws IOException {
        return with(reach -> new Kill(reach, Clock.systemUTC()).run(order()), cancelOnDisconnect);
    }

    private static KillOrder order() {
        return order(Optional.empty(), Optional.empty());
    }

    private static KillOrder order(Optional<String> service, Optional<String> venue) {
        return new KillOrder("k1", service, venue, Duration.ofMillis(1500), "ann", "a test");
    }

    private <T> T with(java.util.function.Function<Reach, T> work, String cancelOnDisconnect)
            throws IOException {
        var processes = LocalProcesses.startedBefore(desk.data().processes());
        var probing = new ServiceProbing(Clock.systemUTC());
        try (var hooks = new ServiceHooks(processes)) {
            return work.apply(
                    new Reach(
                            desk.system(cancelOnDisconnect),
                            desk.data().path(),
                            processes,
                            hooks,
                            probing));
        }
    }
}
