package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.RolloutEvent.Started;
import dev.pitcrew.model.Approval;
import dev.pitcrew.model.Windows;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// An operator goes back to the last good version.
class RollbackTest {
    private static final Windows NIGHT =
            new Windows.Weekly(
                    List.of(
                            new Windows.Window(
                                    Set.of(DayOfWeek.SUNDAY),
                                    LocalTime.of(1, 0),
                                    LocalTime.of(2, 0),
                                    ZoneId.of("UTC"))));

    private final TestingDesk desk = new TestingDesk().serving(TestingDesk.ONE);

    @Test
    void it_passes_the_gates_that_protect_orders_and_no_others() {
        desk.with(NIGHT).with(TestingDesk.limits(Optional.of(500L)));
        desk.serving(TestingDesk.TWO).rollback("ann", "");

        assertThat(TestingDesk.gates(desk.plan()))
                .containsExactly("reconciliation", "openOrders", "state");
    }

    @Test
    void nobody_has_to_approve_it_and_no_freeze_or_window_keeps_it() {
        desk.with(new Approval.TwoPeople()).with(NIGHT);
        desk.serving(TestingDesk.TWO).fold(desk.as("eve", "expiry day").freeze());
        desk.measured("reconciliation/gateway", 0).rollback("ann", "it trades badly");

        var events = desk.decide();

        assertThat(events).anyMatch(Started.class::isInstance);
        assertThat(events)
                .filteredOn(StepTaken.class::isInstance)
                .first()
                .extracting(one -> ((StepTaken) one).evidence())
                .isEqualTo(
                        "reconciliation 0 instruments (at most 0 instruments, by a test, 12:00:00Z); "
                                + "state 1 (at least 1, by their data formats, 12:00:00Z): 2 writes orders-1, 1 writes orders-1");
    }

    @Test
    void it_waits_while_the_accounts_differ() {
        desk.serving(TestingDesk.TWO).measured("reconciliation/gateway", 1).rollback("ann", "");
        desk.decide();

        desk.pass(Duration.ofSeconds(9)).measured("reconciliation/gateway", 1);
        assertThat(desk.decide()).isEmpty();
        desk.pass(Duration.ofSeconds(30)).measured("reconciliation/gateway", 1);

        assertThat(desk.decided(Finished.class))
                .extracting(Finished::outcome)
                .containsExactly(Outcome.GATED);
    }

    @Test
    void to_override_what_protects_orders_needs_an_approval() {
        desk.with(TestingDesk.limits(Optional.of(500L))).with(new Approval.TwoPeople());
        desk.serving(TestingDesk.TWO).rollback("ann", "they rest on purpose", "openOrders");

        assertThat(desk.decide()).isEmpty();
        assertThatThrownBy(() -> desk.approve("ann", "", false))
                .hasMessageContaining("another operator has to approve it");
    }

    @Test
    void the_version_that_is_left_needs_a_new_approval_and_is_no_way_back() {
        desk.serving(TestingDesk.TWO).rollback("ann", "").finished(Outcome.DONE);

        assertThat(desk.state().keep().approved()).contains(TestingDesk.ONE);
        assertThat(desk.state().keep().lastGood()).isEmpty();
        assertThat(desk.state().keep().failed()).containsExactly(TestingDesk.TWO);
        assertThatThrownBy(() -> desk.rollback("ann", ""))
                .hasMessage("gateway has no release to go back to");

        desk.deploy("ann", "", TestingDesk.TWO);

        assertThat(desk.plan().approval().isOutOfTheOrdinary()).isTrue();
        assertThat(desk.plan().notes()).contains("version 2 failed before");
    }

    @Test
    void a_rollback_that_comes_to_nothing_leaves_the_way_back_as_it_was() {
        desk.serving(TestingDesk.TWO).rollback("ann", "").finished(Outcome.GATED);

        assertThat(desk.state().keep().lastGood()).contains(TestingDesk.ONE);
        assertThat(desk.state().keep().failed()).isEmpty();
    }

    @Test
    void what_the_older_version_can_not_read_is_no_way_back() {
        desk.serving(TestingDesk.release("3", "orders-2", "orders-1", "orders-2"));

        assertThatThrownBy(() -> desk.rollback("ann", ""))
                .hasMessage(
                        "1 can't read orders-2, which 3 writes; where that can be borne, `pitcrew deploy gateway 1` asks for an approval that names it");

        desk.deploy("ann", "", TestingDesk.ONE);

        assertThat(desk.plan().approval().isOutOfTheOrdinary()).isTrue();
        assertThat(desk.plan().notes())
                .contains("nothing is carried over: 1 can't read orders-2, which 3 writes");
    }
}
