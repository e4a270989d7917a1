package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.deploy.RolloutEvent.Approved;
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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static final Approval TWO_PEOPLE = new Approval.TwoPeople();
    private static final Approval DELAY = new Approval.Delay(Duration.ofMinutes(5));

    @Test
    void where_two_people_have_to_agree_the_second_one_lets_it_begin() {
        var desk = waiting(TWO_PEOPLE);
        assertThat(desk.decide()).isEmpty();
        assertThatThrownBy(() -> desk.approve("ann", "", false))
                .hasMessage("ann asked for it, so another operator has to approve it");

        desk.approve("bob", "", false);

        assertThat(desk.decided(Started.class))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.mark()).isEqualTo("two people");
                            assertThat(one.evidence())
                                    .isEqualTo("approval 1 (at least 1, by bob, 12:00:00Z)");
                        });
    }

    @Test
    void a_delay_is_waited_for_and_marked_for_ever() {
        var desk = waiting(DELAY);
        desk.pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(desk.decide()).isEmpty();

        desk.pass(Duration.ofMillis(1));

        assertThat(desk.decided(Started.class))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.mark()).isEqualTo("single operator");
                            assertThat(one.evidence())
                                    .isEqualTo(
                                            "delay 300 s (at least 300 s, by the ledger, 12:05:00Z)");
                        });
    }

    @Test
    void a_delay_may_be_used_to_abort() {
        var desk = waiting(DELAY);
        desk.fold(desk.as("ann", "not today").abort("gateway"));

        assertThat(desk.decided(Finished.class))
                .extracting(Finished::outcome, Finished::reason)
                .containsExactly(tuple(Outcome.ABORTED, "aborted by ann: not today"));
    }

    @Test
    void what_nobody_approves_in_time_is_over() {
        var desk = waiting(TWO_PEOPLE);
        desk.pass(Duration.ofHours(1).plusMillis(1));

        assertThat(desk.decided(Finished.class))
                .extracting(Finished::outcome, Finished::reason)
                .containsExactly(tuple(Outcome.ABORTED, "nobody approved it within 60 min"));
        assertThatThrownBy(() -> desk.approve("bob", "", false))
                .hasMessage("no rollout of gateway waits for approval");
    }

    @Test
    void an_approval_of_something_else_counts_for_nothing() {
        var desk = waiting(TWO_PEOPLE);
        var other = "0".repeat(64);
        assertThatThrownBy(() -> desk.as("bob", "").approve("gateway", other, false))
                .hasMessageContaining(" is not what waits: gateway to 2 is ");

        desk.fold(new Approved(TestingDesk.NOON, "gateway", "r2", "bob", other, false));

        assertThat(desk.decide()).isEmpty();
    }

    @Test
    void the_hash_is_another_one_as_soon_as_anything_is_that_was_approved() {
        var evening =
                new Windows.Weekly(
                        List.of(
                                new Windows.Window(
                                        Set.of(DayOfWeek.MONDAY),
                                        LocalTime.of(17, 30),
                                        LocalTime.of(20, 0),
                                        ZoneId.of("UTC"))));
        var rebuilt = new Release("2", "another digest", "", "", TestingDesk.TWO.state());
        var hashes =
                Stream.of(
                                waiting(TWO_PEOPLE),
                                desk(TWO_PEOPLE).deploy("ann", "", rebuilt),
                                desk(TWO_PEOPLE).withFile("edited").deploy("ann", "", two()),
                                desk(TWO_PEOPLE).with(evening).deploy("ann", "", two()),
                                desk(TWO_PEOPLE).deploy("ann", "now", two(), "clock"),
                                desk(TWO_PEOPLE).deploy("ann", "later", two(), "clock"),
                                new TestingDesk()
                                        .with(TWO_PEOPLE)
                                        .serving(TestingDesk.release("0", "orders-1", "orders-1"))
                                        .deploy("ann", "", two()))
                        .map(one -> one.plan().approval().hash())
                        .toList();

        assertThat(hashes).doesNotHaveDuplicates();
        assertThat(waiting(TWO_PEOPLE).plan().approval().hash()).isEqualTo(hashes.getFirst());
    }

    @Test
    void a_plan_does_not_begin_under_another_system_file_than_it_was_approved_with() {
        var desk = waiting(TWO_PEOPLE).approve("bob", "", false).withFile("edited");

        assertThat(desk.decided(Finished.class))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.outcome()).isEqualTo(Outcome.GATED);
                            assertThat(one.reason()).startsWith("the system file is another one");
                        });
    }

    @Test
    void what_has_begun_and_touched_nothing_goes_back_under_another_system_file() {
        var desk = waiting(new Approval.None());
        assertThat(desk.decided(Started.class)).hasSize(1); // and waits for its gates

        desk.withFile("edited");

        assertThat(desk.decided(Finished.class))
                .extracting(Finished::outcome)
                .containsExactly(Outcome.GATED);
    }

    @Test
    void in_an_emergency_one_person_is_enough_at_once() {
        var desk = waiting(DELAY);
        assertThatThrownBy(() -> desk.approve("ann", "", true))
                .hasMessage("an emergency change needs a reason");

        desk.approve("ann", "wrong prices", true);

        assertThat(desk.decided(Started.class))
                .extracting(Started::mark)
                .containsExactly("emergency");
    }

    @Test
    void an_emergency_is_open_until_somebody_else_says_what_was_found() {
        var desk = waiting(TWO_PEOPLE).approve("ann", "wrong prices", true);
        assertThat(desk.desk().emergencies()).containsOnlyKeys("r2");
        assertThatThrownBy(() -> desk.as("ann", "it was right").reassess("gateway", "r2"))
                .hasMessage("ann approved it, so another operator has to re-assess it");
        assertThatThrownBy(() -> desk.as("bob", "").reassess("gateway", "r2"))
                .hasMessage("say what was found; add --reason");
        assertThatThrownBy(() -> desk.as("bob", "it was right").reassess("gateway", "r1"))
                .hasMessage("r1 of gateway is no emergency change that waits to be re-assessed");

        desk.fold(desk.as("bob", "it was right").reassess("gateway", "r2"));

        assertThat(desk.desk().emergencies()).isEmpty();
        assertThatThrownBy(() -> desk.as("bob", "again").reassess("gateway", "r2"))
                .hasMessageContaining("no emergency change");
    }

    @Test
    void what_is_out_of_the_ordinary_needs_a_word_whatever_the_rule() {
        for (var rule : List.of(DELAY, new Approval.None())) {
            var desk =
                    desk(rule)
                            .deploy("ann", "", TestingDesk.release("2", "new", "new", "orders-1"));
            desk.pass(Duration.ofMinutes(6));
            assertThat(desk.decide()).isEmpty();

            desk.approve("ann", "", false);

            assertThat(desk.decided(Started.class))
                    .extracting(Started::mark)
                    .containsExactly("single operator");
        }
    }

    @Test
    void without_a_rule_nothing_is_waited_for() {
        assertThat(waiting(new Approval.None()).decided(Started.class))
                .extracting(Started::mark, Started::evidence)
                .containsExactly(tuple("none", ""));
    }

    private static Release two() {
        return TestingDesk.TWO;
    }

    private static TestingDesk desk(Approval rule) {
        return new TestingDesk().with(rule).serving(TestingDesk.ONE);
    }

    private static TestingDesk waiting(Approval rule) {
        return desk(rule).deploy("ann", "", two());
    }
}
