package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.KeepEvent.InstanceLeft;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.simulation.TestingServices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody else started becomes what Pitcrew keeps, and nothing is started, ended or told anything for it.
class AdoptingTest {
    private static final Service STRATEGY = Variants.withoutPassiveMode(TestingServices.strategy());
    private static final String CONTAINER = "c0".repeat(32);
    private static final Release FOUND = Scene.release("adopted", "a");
    private static final Release SECOND = Scene.release("2", "a");
    private static final Effect ADOPT = new Effect.Adopt("strategy-1", "adopted", CONTAINER, true);

    private final Scene scene = new Scene(STRATEGY);

    @Test
    void the_container_is_an_instance_active_and_approved_with_no_other_effect() {
        scene.planAdoption(FOUND, CONTAINER);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects).containsExactly(ADOPT);
        assertThat(scene.state().roster().active()).contains("strategy-1");
        assertThat(scene.state().keep().approved()).contains(FOUND);
    }

    /// Else what it is told next would be older than what it has seen.
    @Test
    void a_token_that_it_knows_already_is_written_down() {
        var handed = new Scene(TestingServices.strategy());
        handed.planAdoption(FOUND, CONTAINER);
        handed.decide();
        handed.decide();
        handed.confirm(_ -> true);
        handed.sees("strategy-1", at -> Sights.alive(FOUND, true, 7, at));

        var events = handed.goOn(_ -> true);

        assertThat(Scene.effects(events)) // the standby that its replicas ask for
                .containsExactly(new Effect.Start("strategy-2", "adopted"));
        assertThat(handed.state().roster().token()).isEqualTo(new Token(7));
        assertThat(handed.state().keep().approved()).contains(FOUND);
    }

    @Test
    void the_next_version_ends_it_before_it_starts_and_the_way_back_leads_to_what_was_found() {
        scene.planAdoption(FOUND, CONTAINER);
        scene.goOn(_ -> true);
        scene.plan(SECOND);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects)
                .containsExactly(
                        new Effect.Stop("strategy-1"), new Effect.StartActive("strategy-2", "2"));
        assertThat(scene.state().keep().lastGood()).contains(FOUND);
    }

    @Test
    void one_that_dies_afterwards_is_replaced_like_any_other() {
        scene.planAdoption(FOUND, CONTAINER);
        scene.goOn(_ -> true);
        scene.sees("strategy-1", Sights::dead);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects).containsExactly(new Effect.StartActive("strategy-2", "adopted"));
    }

    /// Whatever is wrong with it, and whoever wants it to end: it goes on as it runs.
    @ParameterizedTest
    @ValueSource(strings = {"refused", "dead", "passive", "other", "silent", "aborted"})
    void what_can_not_be_kept_is_left_and_nothing_of_it_is_ended(String fault) {
        scene.planAdoption(FOUND, CONTAINER);
        scene.decide();
        scene.decide();
        var events = new ArrayList<Event>();
        switch (fault) {
            case "refused" -> {
                for (int attempt = 1; attempt <= 3; attempt++) {
                    scene.fail("it has ended");
                    events.addAll(scene.goOn(_ -> false));
                }
            }
            case "aborted" -> {
                scene.says(intents -> intents.abort("strategy"), "ada");
                confirmedAs("never ready");
            }
            default -> confirmedAs(fault);
        }

        events.addAll(scene.goOn(_ -> true));

        assertThat(Scene.effects(events)).allMatch(ADOPT::equals);
        assertThat(scene.state().roster().instances()).isEmpty();
        assertThat(scene.state().keep().approved()).isEmpty();
        assertThat(events)
                .filteredOn(Finished.class::isInstance)
                .extracting(one -> ((Finished) one).outcome())
                .containsExactly(fault.equals("aborted") ? Outcome.ABORTED : Outcome.GATED);
        assertThat(events.stream().filter(InstanceLeft.class::isInstance).count())
                .isEqualTo(fault.equals("refused") ? 0 : 1);
    }

    private void confirmedAs(String fault) {
        scene.confirm(_ -> true);
        scene.sees("strategy-1", at -> seen(fault, at));
    }

    private static InstanceFacts seen(String fault, Instant at) {
        return switch (fault) {
            case "dead" -> Sights.dead(at);
            case "passive" -> Sights.alive(FOUND, false, 1, at);
            case "other" -> Sights.alive(Scene.release("other", "b"), true, 1, at);
            default -> Sights.hanging(at);
        };
    }

    @Test
    void it_takes_a_reason_and_nothing_that_is_kept_already() {
        assertThatThrownBy(() -> scene.says(this::intent, "ada")).hasMessageContaining("--reason");

        scene.planAdoption(FOUND, CONTAINER);
        scene.goOn(_ -> true);

        assertThatThrownBy(() -> scene.says(this::intent, "ada"))
                .hasMessageContaining("kept already, as version adopted");
    }

    private List<Event> intent(Intents intents) {
        var system = scene.system();
        return intents.adopt(
                new Planner(system, system.environments().getFirst(), scene.facts()),
                STRATEGY,
                FOUND,
                List.of(CONTAINER));
    }

    @Test
    void two_containers_of_what_only_one_may_be_active_of_are_refused() {
        assertThatThrownBy(() -> scene.planAdoption(FOUND, CONTAINER, "c1".repeat(32)))
                .hasMessageContaining("2 containers");
    }
}
