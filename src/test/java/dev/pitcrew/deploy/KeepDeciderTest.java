package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.KeepEvent.Cleared;
import dev.pitcrew.deploy.KeepEvent.MendBegun;
import dev.pitcrew.deploy.KeepEvent.MendEnded;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.deploy.KeepEvent.WentStuck;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeepDeciderTest {
    private static final Duration HOLD = TestingServices.gateway().rollout().holdLimit();

    @Nested
    class A_service_that_is_stuck {
        @Test
        void ends_an_active_that_hangs_before_it_can_wake() {
            var stage = serving(OnFailure.PERSON).seesHanging("gateway-1");

            assertThat(stage.acts()).containsExactly(new Effect.Kill("gateway-1"));
            assertThat(stage.keep().stuck().map(WentStuck::name)).contains("active lost");
        }

        @Test
        void ends_it_even_where_its_death_is_not_the_fence() {
            var stage =
                    Stage.serving(gateway(Set.of(Fence.SESSION), OnFailure.PERSON))
                            .seesHanging("gateway-1");

            assertThat(stage.acts()).containsExactly(new Effect.Kill("gateway-1"));
        }

        @Test
        void holds_new_orders_once_nobody_sends() {
            var stage = serving(OnFailure.PERSON).seesHanging("gateway-1");
            stage.acts();
            stage.confirm().seesDead("gateway-1");

            assertThat(stage.acts()).containsExactly(new Effect.Hold(HOLD));
        }

        @Test
        void is_stopped_when_the_active_one_is_lost_twice() {
            var stage = Stage.serving();
            stage.mendFailed(List.of(new Step.Start(HOLD)), none(), none(), Purpose.FAILOVER);
            stage.happens(new MendEnded(stage.now(), "gateway", "mend", "test"));
            stage.after(Duration.ofSeconds(5)).sees("gateway-2", false).seesHanging("gateway-1");

            assertThat(stage.acts()).containsExactly(new Effect.Kill("gateway-1"));
            assertThat(stage.keep().stuck().map(WentStuck::name)).contains("lost twice");
        }

        @Test
        void makes_what_was_activated_passive_when_the_books_differ_afterwards() {
            var stage = Stage.serving().seesDead("gateway-1");
            stage.done(new Effect.Kill("gateway-1"));
            stage.done(new Effect.Activate("gateway-2", new Token(2))).sees("gateway-2", true);
            stage.mendFailed(
                    List.of(new Step.Activate(HOLD), new Step.Reconcile(HOLD)),
                    Optional.of("gateway-1"),
                    Optional.of("gateway-2"),
                    Purpose.FAILOVER);

            assertThat(stage.acts())
                    .containsExactly(new Effect.Deactivate("gateway-2", new Token(2)));
            assertThat(stage.keep().stuck().map(WentStuck::name))
                    .contains("reconcile not confirmed");
        }

        @Test
        void shuts_out_an_activation_that_is_still_on_its_way() {
            var stage = Stage.serving().seesDead("gateway-1").sees("gateway-2", false);
            stage.happens(
                    new EffectIntended(
                            stage.now(),
                            "gateway",
                            "mend",
                            new Effect.Activate("gateway-2", new Token(2)),
                            1));
            stage.mendFailed(
                    List.of(new Step.Activate(HOLD)),
                    Optional.of("gateway-1"),
                    Optional.of("gateway-2"),
                    Purpose.FAILOVER);

            assertThat(stage.acts())
                    .containsExactly(new Effect.Deactivate("gateway-2", new Token(2)));
        }

        @Test
        void is_stopped_when_it_was_a_rollout_that_got_stuck() {
            var stage = Stage.serving();
            stage.change(Stage.TWO, Plan.Purpose.CHANGE, RolloutEvent.Outcome.STUCK);

            assertThat(stage.acts())
                    .containsExactly(new Effect.Deactivate("gateway-1", new Token(1)));
        }

        @Test
        void kills_what_can_not_be_told() {
            var stage = Stage.serving();
            stage.change(Stage.TWO, Plan.Purpose.CHANGE, RolloutEvent.Outcome.STUCK).acts();
            stage.fail("no answer");

            assertThat(stage.acts()).containsExactly(new Effect.Kill("gateway-1"));
        }

        @Test
        void stops_what_wakes_later_on_a_host_that_is_back() {
            var stage = serving(OnFailure.PERSON).seesHanging("gateway-1");
            for (int i = 0; i < 3; i++) {
                stage.acts();
                stage.fail("the host does not answer").after(Duration.ofSeconds(1));
                stage.seesUnreachable("gateway-1").sees("gateway-2", false).holding(true);
            }
            assertThat(stage.decide()).hasSize(2).last().isInstanceOf(MendEnded.class);
            stage.after(Duration.ofMinutes(1)).seesUnreachable("gateway-1").holding(true);
            stage.sees("gateway-2", false);
            assertThat(stage.decide()).isEmpty();

            stage.after(Duration.ofMinutes(1)).sees("gateway-1", true).sees("gateway-2", false);
            stage.holding(true);
            assertThat(stage.acts())
                    .containsExactly(new Effect.Deactivate("gateway-1", new Token(1)));
        }

        @Test
        void does_nothing_more_once_nothing_sends_and_new_orders_are_held() {
            var stage = serving(OnFailure.PERSON).seesDead("gateway-1").holding(true);
            stage.decide();

            assertThat(stage.decide()).isEmpty();
            assertThat(sentence(stage))
                    .isEqualTo("stopped: no instance sends; new orders are held and answered 503");
        }

        @Test
        void tells_what_may_still_send() {
            var stage = serving(OnFailure.PERSON).seesHanging("gateway-1");
            stage.decide();

            assertThat(sentence(stage))
                    .isEqualTo(
                            "not confirmed to be stopped: gateway-1 does not say what it is; end it on"
                                    + " its host, or call the venue; whether new orders are held is not"
                                    + " confirmed");
        }

        @Test
        void waits_for_a_first_look_after_a_start_of_the_controller() {
            var stage = serving(OnFailure.PERSON).seesDead("gateway-1").holding(true);
            stage.decide();
            stage.sees("gateway-2", InstanceFacts.UNKNOWN);

            assertThat(stage.decide()).isEmpty();
        }

        @Test
        void leaves_what_is_being_killed_alone() {
            var stage = serving(OnFailure.PERSON).seesHanging("gateway-1");
            stage.happens(
                    new DeskEvent.Killed(stage.now(), "gateway", "ada", "", true, "none open"));

            assertThat(stage.decide()).isEmpty();
        }
    }

    @Nested
    class A_service_that_lost_too_many_instances {
        @Test
        void is_stuck_and_sends_on() {
            var stage = Stage.serving().lost(4);

            assertThat(stage.decide()).singleElement().isInstanceOf(WentStuck.class);
            assertThat(stage.keep().isHalted()).isFalse();
            assertThat(sentence(stage)).isEmpty();
        }

        @Test
        void still_fails_over_to_a_ready_standby() {
            var stage = Stage.serving().lost(4);
            stage.decide();
            stage.seesDead("gateway-1");

            var begun = (MendBegun) stage.decide().getFirst();
            assertThat(begun.purpose()).isEqualTo(Purpose.FAILOVER);
            assertThat(begun.course().to()).contains("gateway-2");
        }

        @Test
        void is_stopped_when_the_active_one_is_lost_and_no_standby_is_ready() {
            var stage = Stage.serving().lost(4);
            stage.decide();
            stage.seesHanging("gateway-1").seesDead("gateway-2");

            assertThat(stage.acts()).containsExactly(new Effect.Kill("gateway-1"));
            assertThat(stage.keep().stuck().map(WentStuck::name)).contains("active lost");
        }

        @Test
        void fills_again_once_a_person_has_looked() {
            var stage = Stage.serving().lost(4).seesDead("gateway-2");
            stage.decide();
            stage.happens(new Cleared(stage.now(), "gateway", "ada", ""));

            assertThat(stage.acts()).containsExactly(new Effect.Start("gateway-3", "1"));
        }
    }

    @Nested
    class A_stateless_service {
        @Test
        void ends_an_instance_that_never_got_ready_and_counts_it_once() {
            var stage = Stage.of(TestingServices.quotes()).approve(Stage.ONE);
            stage.started("quotes-1", "1");
            stage.sees("quotes-1", stage.facts(false, false, 0, "digest-of-1"));
            stage.mendFailed(
                    List.of(new Step.Start(HOLD), new Step.Warm(HOLD)),
                    none(),
                    Optional.of("quotes-1"),
                    Purpose.FILL);

            assertThat(stage.acts()).containsExactly(new Effect.Stop("quotes-1"));
            stage.confirm().decide();
            assertThat(stage.keep().losses().instances()).hasSize(1);
            assertThat(stage.state().roster().instances()).isEmpty();
        }

        @Test
        void counts_an_instance_that_hangs_as_lost() {
            var stage = Stage.of(TestingServices.quotes()).approve(Stage.ONE);
            stage.started("quotes-1", "1").seesHanging("quotes-1");

            assertThat(stage.acts()).containsExactly(new Effect.Stop("quotes-1"));
            assertThat(stage.keep().losses().instances()).hasSize(1);
        }

        @Test
        void fills_the_place_of_one_that_is_not_what_was_approved_before_it_ends_it() {
            var stage = Stage.of(TestingServices.quotes()).approve(Stage.ONE);
            stage.started("quotes-1", "1");
            stage.sees("quotes-1", stage.facts(true, false, 0, "something else"));

            assertThat(stage.acts()).containsExactly(new Effect.Start("quotes-2", "1"));
        }

        @Test
        void routes_to_no_instance_that_has_not_proven_what_it_is() {
            var stage = Stage.of(TestingServices.quotes()).approve(Stage.ONE);
            stage.started("quotes-1", "1").started("quotes-2", "1").started("quotes-3", "1");
            stage.sees("quotes-1", stage.facts(true, false, 0, "digest-of-1"));
            stage.sees("quotes-2", stage.facts(true, false, 0, "something else"));
            stage.sees("quotes-3", InstanceFacts.UNKNOWN);
            var course =
                    Course.begin(
                            "mend",
                            none(),
                            Optional.of("quotes-1"),
                            Stage.ONE,
                            List.of(new Step.Route(false, HOLD)),
                            stage.now());

            assertThat(Steps.move(course, stage.situation()))
                    .isEqualTo(new Move.Perform(new Effect.Route(List.of("quotes-1"))));
        }
    }

    @Nested
    class An_active_instance_that_became_passive {
        @Test
        void is_fenced_and_its_standby_activated_under_a_newer_token() {
            var scene = Scene.serving(TestingServices.gateway());
            scene.sees("gateway-1", at -> Sights.lapsed(Scene.FIRST, at));

            assertThat(Scene.effects(scene.goOn(_ -> true)))
                    .containsExactly(
                            new Effect.Hold(HOLD),
                            new Effect.Activate("gateway-2", new Token(2)),
                            new Effect.Route(List.of("gateway-2")));
            assertThat(scene.evidence(Step.Fence.class))
                    .isEqualTo(
                            "session: gateway-1 has logged out, so the venue takes another logon");
        }

        @Test
        void is_lost_as_one_that_died_is() {
            var stage = serving(OnFailure.PERSON).seesLapsed("gateway-1");
            stage.decide();

            assertThat(stage.keep().stuck().map(WentStuck::reason))
                    .contains("gateway-1 says that it is passive, and nobody told it to be");
        }

        @Test
        void gets_the_time_that_a_hang_gets() {
            assertThat(Stage.serving().sees("gateway-1", false).decide()).isEmpty();
        }

        @Test
        void is_believed_only_while_it_says_so() {
            var stage = Stage.serving().seesLapsed("gateway-1").after(Duration.ofSeconds(2));

            assertThat(stage.sees("gateway-2", false).decide()).isEmpty();
        }

        @Test
        void is_left_alone_when_it_was_killed_which_the_ledger_may_learn_later() {
            var stage = Stage.serving();

            assertThat(stage.seesLapsed("gateway-1", stage.seen(true)).decide()).isEmpty();
            assertThat(stage.seesLapsed("gateway-1", Observed.unknown()).decide()).isEmpty();
        }
    }

    @Nested
    class A_balancer_that_does_something_else {
        @Test
        void is_told_again_where_new_orders_go() {
            var stage = Stage.serving().routing(false, "gateway-2");

            assertThat(stage.acts()).containsExactly(new Effect.Route(List.of("gateway-1")));
            assertThat(reason(stage)).isEqualTo("new orders go to gateway-2 instead of gateway-1");
        }

        @Test
        void is_told_again_to_let_them_go() {
            var stage = Stage.serving().holding(true);

            assertThat(stage.acts()).containsExactly(new Effect.Route(List.of("gateway-1")));
            assertThat(reason(stage)).isEqualTo("new orders are held and nothing is underway");
        }

        @Test
        void is_left_to_a_rollout_that_is_underway() {
            var stage = Stage.serving().begin(Stage.TWO).routing(false, "gateway-2");

            assertThat(stage.decide()).isEmpty();
        }

        @Test
        void is_not_judged_by_what_was_seen_before_it_was_told_something() {
            var stage = Stage.serving().routing(false, "gateway-2").after(Duration.ofMillis(100));
            stage.done(new Effect.Route(List.of("gateway-1")));

            assertThat(stage.decide()).isEmpty();
        }

        @Test
        void is_told_less_and_less_often_and_then_a_person_is_asked() {
            var stage = Stage.serving();
            for (int wait = 1; wait <= 8; wait *= 2) {
                stage.sees("gateway-1", true).sees("gateway-2", false);
                assertThat(stage.routing(false, "gateway-2").acts()).hasSize(1);
                stage.confirm().routing(false, "gateway-2").decide();
                assertThat(stage.after(Duration.ofSeconds(wait).minusMillis(1)).decide()).isEmpty();
                stage.after(Duration.ofMillis(1));
            }
            stage.sees("gateway-1", true).sees("gateway-2", false).routing(false, "gateway-2");

            assertThat(stage.decide())
                    .containsExactly(
                            new WentStuck(
                                    stage.now(),
                                    "gateway",
                                    "traffic",
                                    "new orders go to gateway-2 instead of gateway-1, again and again"
                                            + " within 10 min, the limit is 3",
                                    "find out why, then `pitcrew rearm gateway`"));
            assertThat(stage.keep().isHalted()).isFalse();
        }

        @Test
        void that_can_not_be_told_costs_no_instance() {
            var stage = Stage.serving().routing(false, "gateway-2");
            stage.acts();
            stage.fail("the balancer does not answer").after(Duration.ofSeconds(6)).decide();

            assertThat(stage.keep().mend()).isEmpty();
            assertThat(stage.keep().losses().instances()).isEmpty();
        }

        @Test
        void
                that_sends_requests_of_a_stateless_service_to_one_that_ended_sends_them_to_the_others() {
            var stage = Stage.of(TestingServices.quotes()).approve(Stage.ONE);
            stage.started("quotes-1", "1").started("quotes-2", "1");
            stage.done(new Effect.Route(List.of("quotes-1", "quotes-2")));
            stage.done(new Effect.Stop("quotes-1")).after(Duration.ofMillis(1));
            stage.sees("quotes-2", false).routing(false, "127.0.0.1:4001", "quotes-2");

            assertThat(stage.acts()).containsExactly(new Effect.Route(List.of("quotes-2")));
        }

        private String reason(Stage stage) {
            return stage.events.stream()
                    .filter(MendBegun.class::isInstance)
                    .map(one -> ((MendBegun) one).reason())
                    .toList()
                    .getLast();
        }
    }

    @Test
    void a_standby_that_is_not_what_was_approved_is_replaced() {
        var stage = Stage.serving();
        stage.sees("gateway-2", stage.facts(true, false, 1, "something else"));

        assertThat(stage.acts()).containsExactly(new Effect.Stop("gateway-2"));
        assertThat(stage.keep().losses().instances()).hasSize(1);
    }

    private static Stage serving(OnFailure onFailure) {
        return Stage.serving(gateway(Set.of(Fence.SESSION, Fence.PROCESS), onFailure));
    }

    private static Service gateway(Set<Fence> fences, OnFailure onFailure) {
        return TestingServices.gateway(fences, onFailure);
    }

    private static String sentence(Stage stage) {
        return Halting.sentence(stage.situation());
    }

    private static Optional<String> none() {
        return Optional.empty();
    }
}
