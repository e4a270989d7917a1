package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.RolloutEvent.AbortAsked;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.RolloutEvent.TurnedBack;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutDeciderTest {
    private static final Service GATEWAY = TestingServices.gateway();
    private static final Release SECOND = Scene.release("2", "a");

    private final Scene scene = Scene.serving(GATEWAY);

    /// The start took so long that a whole failover came and went meanwhile.
    @Test
    void what_was_to_lead_from_an_instance_that_is_active_no_more_ends_as_gated() {
        scene.plan(SECOND);
        assertThat(Scene.effects(scene.decide()))
                .containsExactly(new Effect.Start("gateway-3", "2"));
        scene.sees("gateway-1", Sights::dead);
        scene.goOn(
                effect ->
                        !(effect instanceof Effect.Start(var name, _) && name.equals("gateway-3")));
        assertThat(scene.state().roster().active()).contains("gateway-2");

        var events = scene.goOn(_ -> true);

        assertThat(end(events))
                .containsExactly(
                        Outcome.GATED,
                        "before anything was changed, gateway-2 became active instead of gateway-1");
        assertThat(scene.state().roster().active()).contains("gateway-2");
        assertThat(Scene.effects(events)).noneMatch(Effect.Activate.class::isInstance);
    }

    @Test
    void what_was_killed_before_anything_was_changed_keeps_its_active_version() {
        scene.plan(SECOND);
        scene.decide();
        scene.happened(new DeskEvent.Killed(scene.now(), "gateway", "ada", "", false, "none open"));

        var events = scene.goOn(_ -> true);

        assertThat(end(events))
                .containsExactly(
                        Outcome.GATED, "order flow was killed before anything was changed");
        assertThat(scene.state().roster().active()).contains("gateway-1");
    }

    @Test
    void nobody_who_hangs_is_chosen_to_take_over() {
        scene.start("gateway-3", SECOND).sees("gateway-3", Sights::hanging);
        scene.plan(SECOND);

        assertThat(Scene.effects(scene.decide())).contains(new Effect.Start("gateway-4", "2"));
    }

    @Test
    void a_kill_ends_the_re_arm_that_was_asked_for_before_it() {
        kill();
        scene.planRearm();
        kill();

        var events = scene.goOn(_ -> true);

        assertThat(end(events)).containsExactly(Outcome.ABORTED, "killed again by ada");
        assertThat(Scene.effects(events)).isEmpty();
        assertThat(scene.state().isKilled()).isTrue();
    }

    @Test
    void a_kill_in_the_middle_of_a_re_arm_is_not_lifted_by_it() {
        kill();
        scene.planRearm();
        scene.goOn(effect -> !(effect instanceof Effect.Rearm));
        kill();

        var events = scene.goOn(_ -> true);

        assertThat(end(events)).containsExactly(Outcome.ABORTED, "killed again by ada");
        assertThat(Scene.effects(events)).noneMatch(Effect.Activate.class::isInstance);
        assertThat(scene.state().isKilled()).isTrue();
    }

    @Test
    void a_kill_during_the_activation_of_a_re_arm_ends_it_before_traffic_comes() {
        kill();
        scene.planRearm();
        scene.goOn(effect -> !(effect instanceof Effect.Activate));
        assertThat(scene.state().isKilled()).isFalse();
        kill();

        var events = scene.goOn(_ -> true);

        assertThat(end(events)).containsExactly(Outcome.ABORTED, "killed again by ada");
        assertThat(Scene.effects(events)).noneMatch(Effect.Route.class::isInstance);
        assertThat(scene.state().isKilled()).isTrue();
    }

    @Test
    void what_the_spool_tells_late_of_the_kill_before_does_not_end_a_re_arm() {
        kill();
        var report =
                new DeskEvent.Killed(scene.now(), "gateway", "ada", "", true, "none open at last");
        scene.later();
        scene.planRearm();
        scene.happened(report);

        var events = scene.goOn(_ -> true);

        assertThat(end(events)).containsExactly(Outcome.DONE, "serves 1");
        assertThat(scene.state().isKilled()).isFalse();
    }

    /// Whoever sets a clock back must not keep a new kill from ending what would lift its latch.
    @Test
    void a_new_kill_ends_a_re_arm_whatever_its_clock_said() {
        scene.happened(killed("k1", "none open"));
        scene.planRearm();
        scene.happened(killed("k2", "begun"));

        var events = scene.goOn(_ -> true);

        assertThat(end(events)).first().isEqualTo(Outcome.ABORTED);
        assertThat(scene.state().isKilled()).isTrue();
    }

    /// Nor may one that is ahead make a new kill of the old one.
    @Test
    void what_is_told_late_of_a_kill_that_was_known_ends_no_re_arm_whatever_its_clock_said() {
        scene.happened(killed("k1", "begun"));
        scene.planRearm();
        scene.happened(killed("k1", "none open at last"));

        var events = scene.goOn(_ -> true);

        assertThat(end(events)).containsExactly(Outcome.DONE, "serves 1");
        assertThat(scene.state().isKilled()).isFalse();
    }

    /// As the spool tells it, by a clock that is an hour back for the one kill and ahead for the other.
    private DeskEvent.Killed killed(String kill, String result) {
        var wrong = Duration.ofHours(kill.equals("k1") ? 1 : -1);
        return new DeskEvent.Killed(
                scene.now().plus(wrong), "gateway", "ada", "", true, result, kill);
    }

    private void kill() {
        scene.happened(new DeskEvent.Killed(scene.now(), "gateway", "ada", "", false, "none open"));
    }

    /// The abort came after the route was confirmed and before that was looked at.
    @Test
    void a_first_start_that_is_aborted_is_not_stopped_while_traffic_goes_to_it() {
        var first = new Scene(TestingServices.quotes());
        first.plan(Scene.FIRST);
        first.goOn(effect -> effect instanceof Effect.Start);
        first.confirm(effect -> effect instanceof Effect.Route);
        var rollout = first.state().rollout().orElseThrow().id();
        first.happened(new AbortAsked(first.now(), "quotes", rollout, "ada", ""));

        var effects = Scene.effects(first.goOn(_ -> true));

        assertThat(effects)
                .containsExactly(
                        new Effect.Hold(TestingServices.quotes().rollout().holdLimit()),
                        new Effect.Stop("quotes-1"));
    }

    /// What a step's failure says about the new version: nothing, when it was a gate, the old version or the balancer that failed.
    @Test
    void only_what_the_new_version_did_counts_against_it() {
        var outcomes = new LinkedHashMap<String, Outcome>();
        var plan = scene.plan(SECOND);
        scene.start("gateway-3", SECOND);
        for (int i = 0; i < plan.forward().size(); i++) {
            outcomes.put(i + " " + plan.forward().get(i).name(), outcomeOfFailure(plan, i));
        }

        assertThat(outcomes)
                .containsExactlyEntriesOf(
                        inOrder(
                                Map.entry("0 check", Outcome.GATED),
                                Map.entry("1 start", Outcome.REFUSED),
                                Map.entry("2 warm", Outcome.REFUSED),
                                Map.entry("3 check", Outcome.GATED),
                                Map.entry("4 hold", Outcome.GATED),
                                Map.entry("5 drain", Outcome.GATED),
                                Map.entry("6 deactivate", Outcome.GATED),
                                Map.entry("7 fence", Outcome.GATED),
                                Map.entry("8 activate", Outcome.REFUSED),
                                Map.entry("9 reconcile", Outcome.REFUSED),
                                Map.entry("10 route", Outcome.GATED),
                                Map.entry("11 bake", Outcome.ROLLED_BACK)));
    }

    @Test
    void the_same_version_with_another_configuration_is_started_anew() {
        var changed = Scene.release("1", "b");
        scene.plan(changed);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects.getFirst()).isEqualTo(new Effect.Start("gateway-3", "1"));
        assertThat(scene.state().roster().active()).contains("gateway-3");
        assertThat(scene.state().keep().approved()).contains(changed);
        assertThat(scene.state().keep().failed()).isEmpty();
    }

    @Test
    void what_is_warm_already_is_not_started_again() {
        scene.start("gateway-3", SECOND);
        scene.plan(SECOND);

        var effects = Scene.effects(scene.goOn(_ -> true));

        assertThat(effects.subList(0, 4))
                .containsExactly(
                        new Effect.Hold(GATEWAY.rollout().holdLimit()),
                        new Effect.Drain("gateway-1", new Token(1), DrainPolicy.HAND_OVER),
                        new Effect.Deactivate("gateway-1", new Token(1)),
                        new Effect.Activate("gateway-3", new Token(2)));
    }

    @Test
    void nothing_is_changed_while_an_instance_lives_that_the_ledger_does_not_know() {
        scene.finds("gateway-9");
        scene.plan(SECOND);

        var events = scene.goOn(_ -> true);

        assertThat(end(events))
                .containsExactly(
                        Outcome.GATED,
                        "gateway-9, of which the ledger knows nothing, may be sending: find out, and end it");
        assertThat(scene.state().roster().active()).contains("gateway-1");
    }

    @Test
    void nobody_is_activated_while_an_instance_lives_that_the_ledger_does_not_know() {
        scene.finds("gateway-9");
        scene.sees("gateway-1", Sights::dead);

        var events = scene.goOn(_ -> true);

        assertThat(Scene.effects(events)).noneMatch(Effect.Activate.class::isInstance);
        assertThat(scene.state().keep().stuck().orElseThrow().reason())
                .isEqualTo(
                        "activate: gateway-9, of which the ledger knows nothing, may be sending:"
                                + " find out, and end it, for longer than 10 s");
    }

    private Outcome outcomeOfFailure(Plan plan, int index) {
        var now = scene.now();
        var course =
                new Course(
                        "r1/forward",
                        Optional.of("gateway-1"),
                        Optional.of("gateway-3"),
                        SECOND,
                        plan.forward(),
                        index,
                        now,
                        Optional.empty(),
                        Optional.of("it did not"),
                        Optional.empty());
        var going = new Rollout.Going("r1", plan, "ada", now, course, Optional.empty());
        var back = new RolloutDecider().next(going, scene.situation()).getFirst();
        return ((TurnedBack) back).outcome();
    }

    private static List<Object> end(List<Event> events) {
        return events.stream()
                .filter(Finished.class::isInstance)
                .map(Finished.class::cast)
                .flatMap(one -> java.util.stream.Stream.<Object>of(one.outcome(), one.reason()))
                .toList();
    }

    @SafeVarargs
    private static Map<String, Outcome> inOrder(Map.Entry<String, Outcome>... entries) {
        var map = new LinkedHashMap<String, Outcome>();
        for (var entry : entries) {
            map.put(entry.getKey(), entry.getValue());
        }
        return map;
    }
}
