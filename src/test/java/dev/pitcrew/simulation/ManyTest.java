package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.StrategyName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Strategies that have two versions at work at once, and what hurt the users of other tools in them.
class ManyTest extends Scenario {
    private static final String PRICES = "prices";
    private static final int REPLICAS = 3;

    private void playOn(StrategyName strategy) {
        desk = new SimulatedDesk(Chance.none(), TestingServices.with(strategy, REPLICAS));
        first(PRICES);
        assertThat(routed()).containsExactly("prices-1", "prices-2", "prices-3");
    }

    @Test
    void a_rolling_change_ends_an_old_one_once_a_new_one_serves() {
        playOn(StrategyName.ROLLING);

        assertThat(changed(PRICES, "2").outcome()).isEqualTo(Outcome.DONE);
        assertThat(since("prices-4"))
                .containsExactly(
                        start(4, "2"),
                        route(1, 2, 3, 4),
                        route(2, 3, 4),
                        stop(1),
                        start(5, "2"),
                        route(2, 3, 4, 5),
                        route(3, 4, 5),
                        stop(2),
                        start(6, "2"),
                        route(3, 4, 5, 6),
                        route(4, 5, 6));
        assertThat(alive("1")).containsExactly("prices-3"); // kept warm
    }

    @Test
    void a_blue_green_change_is_one_switch_and_so_is_the_way_back() {
        playOn(StrategyName.BLUE_GREEN);

        assertThat(changed(PRICES, "2").outcome()).isEqualTo(Outcome.DONE);
        assertThat(since("prices-4"))
                .containsExactly(start(4, "2"), start(5, "2"), start(6, "2"), route(4, 5, 6));
        assertThat(alive("1")).containsExactly("prices-1", "prices-2", "prices-3");

        rollBack(PRICES);
        assertThat(ended(PRICES).outcome()).isEqualTo(Outcome.DONE);
        assertThat(since("prices-4")).endsWith(route(4, 5, 6), route(1, 2, 3));
    }

    @Test
    void a_canary_takes_its_shares_beside_old_ones_that_are_as_young() {
        playOn(StrategyName.CANARY);

        assertThat(changed(PRICES, "2").outcome()).isEqualTo(Outcome.DONE);
        assertThat(since("prices-4").subList(0, 7))
                .containsExactly(
                        start(4, "2"),
                        start(5, "1"),
                        share(0.1, List.of(1, 2, 3, 5), List.of(4)),
                        start(6, "2"),
                        share(0.5, List.of(1, 2, 3, 5), List.of(4, 6)),
                        start(7, "2"),
                        route(4, 6, 7));
        assertThat(alive("1")).hasSize(1);
        assertThat(alive("2")).hasSize(REPLICAS);
    }

    /// Abort sent all traffic at once to cold instances (argo-rollouts 3888); a failed promotion sent it to the broken copy and deleted the
    /// healthy one (flagger 1931, 1932); a rollback restarted healthy tasks (moby 34111, 43081).
    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void the_way_back_leads_to_old_ones_that_are_ready(StrategyName strategy) {
        playOn(strategy);

        var end = changed(PRICES, "10-rejects");

        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end.reason()).contains("of 1000 requests are rejected");
        assertThat(alive("10-rejects")).isEmpty();
        assertThat(routed()).startsWith("prices-1", "prices-2", "prices-3");
    }

    /// Image pull errors ignored the deadline (argo 4128); here nothing that never gets ready is waited for longer than its limit.
    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void what_never_gets_ready_is_refused_and_gets_no_traffic(StrategyName strategy) {
        playOn(strategy);

        var end = changed(PRICES, "4-never-ready");

        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(alive("4-never-ready")).isEmpty();
        assertThat(routedEver(PRICES)).containsExactly("prices-1", "prices-2", "prices-3");
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void what_dies_by_itself_is_turned_back_at_once(StrategyName strategy) {
        playOn(strategy);

        var end = changed(PRICES, "5-crashes");

        assertThat(end.outcome()).isIn(Outcome.REFUSED, Outcome.ROLLED_BACK);
        assertThat(end.reason()).contains("died");
        assertThat(alive("5-crashes")).isEmpty();
    }

    /// Whatever its objectives are.
    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void a_reject_storm_is_turned_back_at_once(StrategyName strategy) {
        playOn(strategy);

        var end = changed(PRICES, "11-storm");

        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(end.reason()).contains("a reject storm");
    }

    /// A rollout that could not proceed because the old version was broken (argo 1774, 3110).
    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void a_broken_old_version_keeps_nobody_from_the_new_one(StrategyName strategy) {
        playOn(strategy);
        desk.every(Duration.ofMillis(100), this::killOld);

        desk.deploy(PRICES, "2");

        assertThat(ended(PRICES).outcome()).isEqualTo(Outcome.DONE);
        assertThat(desk.service(PRICES).keep().stuck()).isEmpty();
        assertThat(routed()).hasSize(REPLICAS);
    }

    private void killOld() {
        if (desk.service(PRICES).isChanging()) {
            desk.world.instances.values().stream()
                    .filter(one -> one.service.equals(PRICES) && one.version.equals("1"))
                    .forEach(one -> one.isAlive = false);
        }
    }

    /// And with nobody left to go back to, what runs is left running, and a person is asked.
    @Test
    void with_two_broken_versions_a_person_is_asked_and_nothing_is_switched_to_what_is_dead() {
        playOn(StrategyName.BLUE_GREEN);
        desk.every(Duration.ofMillis(100), this::killOld);

        desk.deploy(PRICES, "10-rejects");
        desk.run(Duration.ofMillis(100));
        desk.runUntil(Duration.ofMinutes(2), () -> !desk.service(PRICES).isChanging());

        assertThat(end(PRICES).outcome()).isEqualTo(Outcome.STUCK);
        assertThat(routed()).containsExactly("prices-4", "prices-5", "prices-6");
        assertThat(alive("10-rejects")).hasSize(REPLICAS);
    }

    /// A second update during a canary (argo 1690).
    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void a_second_release_is_refused_while_one_is_underway(StrategyName strategy) {
        playOn(strategy);
        desk.deploy(PRICES, "2");
        desk.run(Duration.ofSeconds(2));

        var answer = desk.answer(desk.deployment(PRICES, "3"));
        desk.run(Duration.ofMillis(100));

        assertThat(answer.exceptionNow()).hasMessageContaining("is underway; wait for its end");
        assertThat(ended(PRICES).outcome()).isEqualTo(Outcome.DONE);
        assertThat(alive("3")).isEmpty();
    }

    /// Replicas that were changed while it was underway (argo 3256).
    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void another_number_of_replicas_is_followed(StrategyName strategy) {
        for (int replicas : new int[] {2, 5}) {
            playOn(strategy);
            desk.deploy(PRICES, "2");
            atBake();
            desk.becomes(TestingServices.with(strategy, replicas));

            assertThat(ended(PRICES).outcome()).isEqualTo(Outcome.DONE);
            assertThat(alive("2")).hasSize(replicas);
            assertThat(routed()).hasSize(replicas);
        }
    }

    /// `abort` with nothing in progress scaled the stable set to zero (argo 1292).
    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void an_abort_of_nothing_does_nothing(StrategyName strategy) {
        playOn(strategy);
        var before = List.copyOf(desk.journal.events);

        desk.ask((state, at) -> SimulatedDesk.intents(state, at).abort(PRICES));
        desk.run(Duration.ofSeconds(5));

        assertThat(desk.journal.events).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void an_abort_while_it_is_watched_leads_back(StrategyName strategy) {
        playOn(strategy);
        desk.deploy(PRICES, "2");
        atBake();
        desk.ask((state, at) -> SimulatedDesk.intents(state, at).abort(PRICES));

        assertThat(ended(PRICES).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(alive("2")).isEmpty();
        assertThat(routed()).startsWith("prices-1", "prices-2", "prices-3");
    }

    /// A deployment that stood still because of one instance (nomad 10465).
    @Test
    void what_is_lost_while_it_is_watched_is_replaced_by_what_is_approved_and_the_share_stays() {
        playOn(StrategyName.CANARY);
        desk.deploy(PRICES, "2-unused"); // so that it is watched for as long as it may be
        atBake();
        Stream.of("prices-1", "prices-2", "prices-5")
                .forEach(one -> desk.world.instance(one).isAlive = false);

        assertThat(ended(PRICES).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(effects(PRICES))
                .containsSubsequence(
                        share(0.1, List.of(1, 2, 3, 5), List.of(4)),
                        start(6, "1"),
                        share(0.1, List.of(3, 6), List.of(4)));
    }

    /// Every change of traffic leaves as many as there shall be.
    @ParameterizedTest
    @EnumSource(names = {"ROLLING", "BLUE_GREEN", "CANARY"})
    void traffic_always_goes_to_as_many_as_there_shall_be(StrategyName strategy) {
        playOn(strategy);
        changed(PRICES, "2");
        changed(PRICES, "10-rejects");

        for (var effect : effects(PRICES)) {
            switch (effect) {
                case Effect.Route(var all) -> assertThat(all).hasSizeGreaterThanOrEqualTo(3);
                case Effect.RouteBack(var all) -> assertThat(all).hasSizeGreaterThanOrEqualTo(3);
                case Effect.Share(var rest, _, _) ->
                        assertThat(rest).hasSizeGreaterThanOrEqualTo(3);
                default -> {} // nothing about traffic
            }
        }
    }

    private void atBake() {
        var isThere =
                desk.runUntil(
                        ENOUGH,
                        () ->
                                desk.service(PRICES)
                                        .rollout()
                                        .flatMap(Rollout::underway)
                                        .filter(Course::isUnderway)
                                        .filter(one -> one.step().name().equals("bake"))
                                        .isPresent());
        assertThat(isThere).isTrue();
    }

    private List<String> routed() {
        return desk.world.route(PRICES).targets;
    }

    private List<String> alive(String version) {
        return desk.world.instances.values().stream()
                .filter(one -> one.service.equals(PRICES) && one.isAlive)
                .filter(one -> one.version.equals(version))
                .map(one -> one.name)
                .toList();
    }

    /// What a rollout did, from the start of an instance on, and without what the keeper did after it.
    private List<Effect> since(String instance) {
        var all = effects(PRICES);
        var from =
                all.indexOf(
                        all.stream()
                                .filter(
                                        one ->
                                                one instanceof Effect.Start(var name, _)
                                                        && name.equals(instance))
                                .findFirst()
                                .orElseThrow());
        var last =
                all.lastIndexOf(
                        all.stream()
                                .filter(Effect.Route.class::isInstance)
                                .reduce((_, later) -> later)
                                .orElseThrow());
        return all.subList(from, last + 1);
    }

    private static Effect start(int number, String version) {
        return new Effect.Start("prices-" + number, version);
    }

    private static Effect stop(int number) {
        return new Effect.Stop("prices-" + number);
    }

    private static Effect route(Integer... numbers) {
        return new Effect.Route(names(List.of(numbers)));
    }

    private static Effect share(double share, List<Integer> rest, List<Integer> canaries) {
        return new Effect.Share(names(rest), names(canaries), new Fraction(share));
    }

    private static List<String> names(List<Integer> numbers) {
        return numbers.stream().map(one -> "prices-" + one).toList();
    }
}
