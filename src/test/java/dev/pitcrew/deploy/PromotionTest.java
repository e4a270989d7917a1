package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Where an environment follows another one, what has not served there comes here only with a reason.
class PromotionTest {
    private final TestingDesk desk = new TestingDesk().serving(TestingDesk.ONE).following("paper");

    @Test
    void what_was_not_promoted_is_refused_with_the_way_to_promote_it() {
        assertThatThrownBy(() -> desk.deploy("ann", "", TestingDesk.TWO))
                .hasMessage(
                        "demo follows paper, and 2 was not promoted from there; `pitcrew promote demo gateway` brings what serves in paper, `--override promotion --reason …` goes past it");
    }

    @Test
    void to_go_past_it_takes_a_reason_and_somebody_who_approves_it() {
        desk.deploy("ann", "paper's venue is down", TestingDesk.TWO, "promotion");

        assertThat(desk.plan().overrides())
                .extracting(one -> one.gate().name(), Plan.Overridden::reason)
                .containsExactly(tuple("promotion", "paper's venue is down"));
        assertThat(desk.plan().approval().isOutOfTheOrdinary()).isTrue();
        assertThat(desk.decide()).isEmpty();
    }

    @Test
    void what_is_promoted_needs_no_override_and_may_be_asked_for_again() {
        var by = desk.as("ann", "");
        var planner = desk.planner().promoting("promoted from paper by its ledger");
        var service = desk.service();
        desk.fold(by.deploy(planner, service, TestingDesk.TWO, Outside.NONE, Set.of()));
        promoted("r2");
        desk.finished(RolloutEvent.Outcome.ABORTED);

        desk.deploy("ann", "", TestingDesk.TWO);

        assertThat(desk.plan().to()).isEqualTo(TestingDesk.TWO);
        assertThat(desk.plan().overrides()).isEmpty();
    }

    @Test
    void another_build_of_a_promoted_version_is_another_version() {
        var planner = desk.planner().promoting("promoted from paper by its ledger");
        desk.fold(
                desk.as("ann", "")
                        .deploy(planner, desk.service(), TestingDesk.TWO, Outside.NONE, Set.of()));
        promoted("r2");
        desk.finished(RolloutEvent.Outcome.ABORTED);
        var two = TestingDesk.TWO;
        var rebuilt =
                new Release(two.version(), "another-digest", two.configuration(), "", two.state());

        assertThatThrownBy(() -> desk.deploy("ann", "", rebuilt))
                .hasMessageContaining("was not promoted from there");
    }

    @Test
    void what_never_ran_here_is_brought_up_without_being_asked_for_it() {
        var empty = new TestingDesk().following("paper");

        empty.deploy("ann", "", TestingDesk.ONE);

        assertThat(empty.plan().overrides()).isEmpty();
    }

    private void promoted(String rollout) {
        var promotion = new Promotion("paper", "key", "gateway", "2", "r9", List.of());
        desk.fold(new DeskEvent.Promoted(TestingDesk.NOON, "gateway", rollout, "ann", promotion));
    }
}
