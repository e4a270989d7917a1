package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.deploy.ApprovalNeed.Rule;
import dev.pitcrew.deploy.RolloutEvent.Started;
import dev.pitcrew.model.Approval;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
    private final TestingDesk desk = new TestingDesk().serving(TestingDesk.ONE);

    @Test
    void an_overridden_gate_is_in_the_plan_and_not_in_its_checks() {
        desk.deploy("ann", "ntpd is being moved", TestingDesk.TWO, "clock");

        var plan = desk.plan();

        assertThat(TestingDesk.gates(plan)).contains("killTested").doesNotContain("clock");
        assertThat(plan.overrides())
                .extracting(one -> one.gate().name(), Plan.Overridden::reason)
                .containsExactly(tuple("clock", "ntpd is being moved"));
        assertThat(plan.notes()).contains("gate clock is overridden: ntpd is being moved");
    }

    @Test
    void it_needs_a_word_where_a_change_needs_none() {
        desk.deploy("ann", "ntpd is being moved", TestingDesk.TWO, "clock");
        assertThat(desk.decide()).isEmpty();

        desk.approve("ann", "", false);

        assertThat(desk.decided(Started.class)).hasSize(1);
    }

    @Test
    void it_needs_two_people_where_a_change_needs_two() {
        desk.with(new Approval.TwoPeople());
        desk.deploy("ann", "ntpd is being moved", TestingDesk.TWO, "clock");

        assertThatThrownBy(() -> desk.approve("ann", "", false))
                .hasMessageContaining("another operator has to approve it");
    }

    @Test
    void it_needs_a_reason() {
        assertThatThrownBy(() -> desk.deploy("ann", " ", TestingDesk.TWO, "clock"))
                .hasMessage("an override needs a reason; add --reason");
    }

    @Test
    void what_is_no_gate_of_the_plan_can_not_be_overridden() {
        assertThatThrownBy(() -> desk.deploy("ann", "why not", TestingDesk.TWO, "clocks"))
                .hasMessage(
                        "it has no gate clocks, so there is nothing to override; its gates are freeze, disk, window, witnessed, clock, killTested, reconciliation, state");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "reconciliation", "state", "approval", "delay"})
    void some_gates_nobody_can_override(String gate) {
        assertThatThrownBy(() -> desk.deploy("ann", "why not", TestingDesk.TWO, gate))
                .hasMessageStartingWith("the gate " + gate + " can't be overridden: ");
    }

    @Test
    void to_go_on_in_spite_of_a_freeze_takes_two_people_anywhere_and_always() {
        desk.fold(desk.as("eve", "expiry day").freeze());
        desk.deploy("ann", "the venue asked for it", TestingDesk.TWO, "freeze");
        assertThat(desk.plan().approval().rule()).isEqualTo(Rule.TWO_PEOPLE);
        assertThatThrownBy(() -> desk.approve("ann", "at once", true))
                .hasMessage("going on in spite of a freeze takes two people, even in an emergency");
        var hash = desk.plan().approval().hash();
        desk.fold(new RolloutEvent.Approved(TestingDesk.NOON, "gateway", "r2", "ann", hash, true));
        assertThat(desk.decide()).isEmpty();

        desk.approve("bob", "", false);

        assertThat(desk.decided(Started.class))
                .extracting(Started::mark)
                .isEqualTo(List.of("two people"));
    }
}
