package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.RolloutEvent.Outcome;
import org.junit.jupiter.api.Test;

/// What a service's releases count as, from the ends of its changes.
class KeepTest {
    private final Stage stage = Stage.serving();

    @Test
    void the_release_before_is_the_way_back() {
        stage.approve(Stage.TWO);

        assertThat(stage.keep().lastGood()).contains(Stage.ONE);
        assertThat(stage.keep().failed()).isEmpty();
    }

    @Test
    void what_an_operator_went_back_from_counts_as_failed_and_is_no_way_back() {
        stage.approve(Stage.TWO).change(Stage.ONE, Plan.Purpose.ROLLBACK, Outcome.DONE);

        assertThat(stage.keep().approved()).contains(Stage.ONE);
        assertThat(stage.keep().failed()).containsExactly(Stage.TWO);
        assertThat(stage.keep().lastGood()).isEmpty();
    }

    @Test
    void a_change_to_the_release_before_that_is_no_rollback_leaves_nothing_failed() {
        stage.approve(Stage.TWO).approve(Stage.ONE);

        assertThat(stage.keep().failed()).isEmpty();
        assertThat(stage.keep().lastGood()).contains(Stage.TWO);
    }

    @Test
    void a_release_that_failed_is_no_way_back() {
        stage.approve(Stage.TWO).change(Stage.ONE, Plan.Purpose.CHANGE, Outcome.ROLLED_BACK);

        assertThat(stage.keep().lastGood()).isEmpty();
    }

    @Test
    void a_change_of_configuration_alone_that_failed_says_nothing_against_the_version() {
        var changed = Scene.release("1", "another");
        stage.change(changed, Plan.Purpose.CHANGE, Outcome.REFUSED);

        assertThat(stage.keep().approved()).contains(Stage.ONE);
        assertThat(stage.keep().failed()).containsExactly(changed);

        stage.approve(Stage.TWO);

        assertThat(stage.keep().lastGood()).contains(Stage.ONE);
    }

    @Test
    void a_failed_release_that_was_approved_again_and_serves_is_good() {
        stage.change(Stage.TWO, Plan.Purpose.CHANGE, Outcome.ROLLED_BACK);
        stage.change(Stage.TWO, Plan.Purpose.CHANGE, Outcome.DONE);

        assertThat(stage.keep().failed()).isEmpty();
    }
}
