package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.Roster;
import dev.pitcrew.model.Shadow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A new version of a strategy runs in shadow before it takes over: beside the active one, and without the right to send.
class ShadowTest extends Scenario {
    private static final String STRATEGY = "strategy";
    private static final String SHADOW = "strategy-3-shadow";

    private void playOn(Shadow.Then then) {
        desk = new SimulatedDesk(Chance.none(), TestingServices.shadowing(then));
        first(STRATEGY);
        assertThat(serving(STRATEGY)).isEqualTo("1");
    }

    @Test
    void another_instance_takes_over_once_the_shadow_has_ended() {
        playOn(Shadow.Then.HANDOFF);

        assertThat(changed(STRATEGY, "2").outcome()).isEqualTo(Outcome.DONE);

        var done = effects(STRATEGY);
        assertThat(done)
                .containsSubsequence(
                        new Effect.Start(SHADOW, "2"),
                        new Effect.Stop(SHADOW),
                        new Effect.Start("strategy-4", "2"));
        assertThat(done).noneMatch(ShadowTest::givesRightToShadow);
        assertThat(desk.active(STRATEGY).name).isEqualTo("strategy-4");
    }

    private static boolean givesRightToShadow(Effect effect) {
        return effect instanceof Effect.Activate(var name, _) && Roster.isShadow(name);
    }

    @Test
    void where_nothing_follows_it_ends_as_shadowed_and_nothing_has_changed() {
        playOn(Shadow.Then.NOTHING);
        var before = desk.active(STRATEGY).name;

        var end = changed(STRATEGY, "2");

        assertThat(end.outcome()).isEqualTo(Outcome.SHADOWED);
        assertThat(end.reason()).isEqualTo("2 was like the active version, in shadow");
        assertThat(desk.active(STRATEGY).name).isEqualTo(before);
        assertThat(alive("2")).isEmpty();
    }

    @Test
    void a_shadow_that_dies_is_refused_and_the_active_one_goes_on() {
        playOn(Shadow.Then.HANDOFF);
        var before = desk.active(STRATEGY).name;

        desk.deploy(STRATEGY, "2");
        atCompare();
        desk.world.instance(SHADOW).isAlive = false;
        var end = ended(STRATEGY);

        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(end.reason()).isEqualTo("compare: " + SHADOW + " died");
        assertThat(desk.active(STRATEGY).name).isEqualTo(before);
    }

    @Test
    void a_shadow_that_says_it_is_active_is_killed_at_once() {
        playOn(Shadow.Then.HANDOFF);

        var end = changed(STRATEGY, "7-starts-active");

        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(effects(STRATEGY)).contains(new Effect.Kill(SHADOW));
        assertThat(serving(STRATEGY)).isEqualTo("1");
    }

    /// What was approved was a change from a desk that worked.
    @Test
    void the_loss_of_the_active_one_comes_first_and_the_shadow_never_takes_its_place() {
        playOn(Shadow.Then.HANDOFF);
        desk.deploy(STRATEGY, "2");
        atCompare();
        desk.active(STRATEGY).isAlive = false;

        assertThat(ended(STRATEGY).outcome()).isEqualTo(Outcome.GATED);

        assertThat(desk.active(STRATEGY).name).isEqualTo("strategy-2");
        assertThat(alive("2")).isEmpty();
    }

    @Test
    void a_shadow_is_no_replica_and_no_way_back() {
        playOn(Shadow.Then.HANDOFF);
        desk.deploy(STRATEGY, "2");
        atCompare();

        var roster = desk.service(STRATEGY).roster();

        assertThat(roster.instances()).containsKey(SHADOW);
        assertThat(roster.running(World.release("2"))).isEmpty();
    }

    @Test
    void a_controller_that_dies_meanwhile_is_followed_by_one_that_ends_the_same_shadow() {
        playOn(Shadow.Then.HANDOFF);
        desk.deploy(STRATEGY, "2");
        atCompare();
        desk.restart();

        assertThat(ended(STRATEGY).outcome()).isEqualTo(Outcome.DONE);

        assertThat(effects(STRATEGY)).containsOnlyOnce(new Effect.Start(SHADOW, "2"));
        assertThat(alive("2")).hasSize(2);
    }

    private void atCompare() {
        var isThere =
                desk.runUntil(
                        Duration.ofSeconds(20),
                        () ->
                                desk.service(STRATEGY)
                                        .rollout()
                                        .flatMap(Rollout::underway)
                                        .filter(Course::isUnderway)
                                        .filter(one -> one.step().name().equals("compare"))
                                        .isPresent());
        assertThat(isThere).isTrue();
    }

    private List<String> alive(String version) {
        return desk.world.instances.values().stream()
                .filter(one -> one.service.equals(STRATEGY) && one.isAlive)
                .filter(one -> one.version.equals(version))
                .map(one -> one.name)
                .toList();
    }
}
