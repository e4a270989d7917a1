package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.KeepEvent.MendEnded;
import dev.pitcrew.deploy.OpenRow;
import dev.pitcrew.deploy.OpenRow.Answer;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.Sights;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What went wrong in the operations of real trading systems, and must not here. Each is named after the outage; docs/outages.md has all of
/// them, with those that wait for something that is not built yet.
class OutagesTest extends Scenario {
    @BeforeEach
    void every_service_serves_version_1() {
        desk.system.services().forEach(one -> desk.deploy(one.name(), "1"));
        desk.run(Duration.ofSeconds(5));
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// A test version of an abandoned update was released. What starts is not what was approved, and whoever approves says what.
    @Test
    void citadel_2010() throws Exception {
        playCarefully();
        desk.deploy("gateway", "2");
        desk.run(Duration.ofMillis(100));
        var other = World.release("1");
        var answer =
                desk.answer(
                        (state, at) ->
                                new Intents(state, at, "anna", "")
                                        .approve("gateway", "0".repeat(64), false));
        desk.run(Duration.ofMillis(100));
        assertThat(answer.exceptionNow()).hasMessageContaining("is not what waits");

        says("gateway-3", runs("abandoned-update", other.configuration()));
        approve("gateway", "anna");
        var end = ended("gateway");

        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(end.reason()).contains("gateway-3 runs binary abandone,");
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// A release on the day of the exchange's own listing. That day is named by hand, until there are calendars.
    @Test
    void bats_2012() throws Exception {
        playCarefully();
        measures("window", 0);

        var end = changedByTwo("gateway", "2");

        assertThat(end.outcome()).isEqualTo(Outcome.GATED);
        assertThat(end.reason()).contains("window 0");
        assertThat(effects("gateway")).doesNotContain(new Effect.Start("gateway-3", "2"));
    }

    /// Code was changed in the session by those who were at hand. Here nobody agrees to a change of his own.
    @Test
    void nasdaq_facebook_2012() throws Exception {
        playCarefully();
        desk.deploy("gateway", "2");
        desk.run(Duration.ofMillis(100));

        assertThatThrownBy(() -> approve("gateway", "simon"))
                .hasMessageContaining("simon asked for it, so another operator has to approve it");
        desk.run(Duration.ofMinutes(5));
        assertThat(isWaiting("gateway")).isTrue();
        assertThat(effects("gateway")).doesNotContain(new Effect.Start("gateway-3", "2"));
    }

    /// One of eight servers ran other code than approved. It does not count as one of them, and another is started.
    @Test
    void knight_capital_2012() throws Exception {
        playOn(CAREFUL);
        says("quotes-5", runs("power-peg-digest", ""));
        first("quotes");
        desk.run(ENOUGH);

        assertThat(events(MendEnded.class).map(MendEnded::reason))
                .anyMatch(reason -> reason.contains("quotes-5 runs binary power-pe,"));
        assertThat(desk.world.instance("quotes-5").isAlive).isFalse();
        assertThat(desk.service("quotes").roster().running(World.release("1")))
                .hasSize(8)
                .doesNotContain("quotes-5");
    }

    /// The same of a gateway: what is not what was approved never serves.
    @Test
    void knight_capital_2012_with_one_sender() {
        assertThat(changed("gateway", "8-wrong-digest").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(routedEver("gateway")).containsExactly("gateway-1");
    }

    /// Orders that were filled already were sent again. While the two accounts differ, the new one gets no order.
    @Test
    void citadel_cme_2013() {
        booksDiffer();

        var end = changed("gateway", "2");

        assertThat(end.outcome()).isNotEqualTo(Outcome.DONE);
        assertThat(end.reason()).contains("AAA open 3 and 2, position 100 and 200");
        assertThat(routedEver("gateway")).containsExactly("gateway-1");
    }

    /// Orders were sent again when no acknowledgement came. That none is sent twice is an invariant of the world.
    @Test
    void everbright_2013() {
        desk.deploy("gateway", "2");
        at("drain");
        desk.active("gateway").isAlive = false;
        desk.healAndCheck(ENOUGH);
        assertThat(desk.world.orders.withoutFate()).isEmpty();
    }

    /// A configuration error turned contingent orders into live ones: the right program with the wrong configuration.
    @Test
    void goldman_2013() {
        var base = World.release("2");
        says("gateway-3", runs(base.binary(), "digest-of-another-configuration"));
        deploy("gateway", new Release("2", base.binary(), "digest-as-approved", "", base.state()));

        var end = ended("gateway");

        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(end.reason()).contains("gateway-3 runs configuration").contains("approved is");
        assertThat(routedEver("gateway")).containsExactly("gateway-1");
    }

    /// A latent fault broke the failover itself: the one that was to take over does not answer either.
    @Test
    void nasdaq_sip_2013() {
        desk.world.instances.values().stream()
                .filter(one -> one.service.equals("gateway") && !one.isActive)
                .forEach(one -> one.isPaused = true);
        desk.run(Duration.ofSeconds(2));
        desk.active("gateway").isAlive = false;
        desk.run(ENOUGH);

        assertThat(desk.service("gateway").roster().active()).contains("gateway-3");
        assertThat(serving("gateway")).isEqualTo("1");
        assertThat(routedEver("gateway")).containsExactly("gateway-1", "gateway-3");
    }

    /// A second change on top of a first one that had gone wrong made it worse.
    @Test
    void nyse_2015() {
        desk.deploy("gateway", "4-never-ready");
        desk.run(Duration.ofSeconds(1));
        var second = desk.answer(desk.deployment("gateway", "3"));
        desk.run(Duration.ofSeconds(1));
        assertThatThrownBy(second::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("is underway; wait for its end or `pitcrew abort gateway`");
        desk.healAndCheck(ENOUGH);
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// The backup ran on, and the primary thought that the day had begun.
    @Test
    void nyse_2023() {
        var end = changed("gateway", "7-starts-active");
        assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(end.reason()).contains("says that it is active, and nobody activated it");
        assertThat(desk.active("gateway").version).isEqualTo("1");
    }

    /// And told before the open: whoever was left running over night makes the start of day a no, in whatever mode it is.
    @Test
    void nyse_2023_at_the_start_of_day() {
        assertThat(startOfDay("active")).extracting(OpenRow::answer).containsOnly(Answer.YES);

        var backup = desk.active("gateway");
        desk.world.instances.put(
                "backup-1",
                new FakeInstance("backup-1", "gateway", "1", "", backup.address, backup.readyAt));
        desk.run(Duration.ofSeconds(1));

        assertThat(startOfDay("active").getFirst())
                .isEqualTo(
                        new OpenRow(
                                "active",
                                "gateway",
                                Answer.NO,
                                "backup-1 runs, and the ledger knows nothing of it",
                                "end whoever should not run; `pitcrew kill --service gateway` stops all of it"));
    }

    /// The same of a backup that is known, and thinks that the day is its own.
    @Test
    void nyse_2023_with_a_backup_in_the_wrong_mode() {
        says(
                "gateway-2",
                one ->
                        Sights.alive(
                                World.release("1"),
                                true,
                                desk.service("gateway").roster().token().value(),
                                one.active().at()));
        var row = startOfDay("active").getFirst();

        assertThat(row.answer()).isEqualTo(Answer.NO);
        assertThat(row.says()).isEqualTo("gateway-2 is active as well");
    }

    /// The switch to the second side did not work, and nobody knew for a day.
    @Test
    void tse_2020() {
        desk.chance.strike(Fault.EFFECT_LIES, 1);
        desk.active("strategy").isAlive = false;
        desk.run(ENOUGH);
        var stuck = desk.service("strategy").keep().stuck();
        assertThat(stuck).isPresent();
        assertThat(stuck.get().name()).isEqualTo("activate not confirmed");
        assertThat(stuck.get().next()).contains("pitcrew rearm strategy");
    }

    /// And so that somebody knows beforehand: a switch that nobody tried for too long shuts the gate.
    @Test
    void tse_2020_a_switch_never_tried() throws Exception {
        playCarefully();
        measures("killTested", 8);
        var end = changedByTwo("gateway", "2");
        assertThat(end.outcome()).isEqualTo(Outcome.GATED);
        assertThat(end.reason()).contains("killTested 8 days (at most 7 days");
    }

    /// A system refresh went live on signatures. Both people agree here, and what nobody measured still stops it.
    @Test
    void asx_2020() throws Exception {
        playCarefully();
        measuresNothing("clock");

        var end = changedByTwo("gateway", "2");

        assertThat(end.outcome()).isEqualTo(Outcome.GATED);
        assertThat(end.reason()).contains("clock is unknown (at most 50 ms, never measured)");
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// The feed failed. Nobody changes a sender that is blind.
    @Test
    void six_2023() throws Exception {
        playCarefully();
        measures("feed", 30_000);

        var end = changedByTwo("gateway", "2");

        assertThat(end.outcome()).isEqualTo(Outcome.GATED);
        assertThat(end.reason()).contains("feed 30000 ms (at most 2000 ms");
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// It was solved by going over to the site that still ran the version before.
    @Test
    void cta_sip_2024() {
        assertThat(changed("gateway", "2").outcome()).isEqualTo(Outcome.DONE);
        desk.run(Duration.ofMinutes(30));
        var warm = desk.service("gateway").roster().running(World.release("1")).toList();
        assertThat(warm).hasSize(1);
        rollBack("gateway");
        desk.healAndCheck(ENOUGH);
        assertThat(desk.service("gateway").roster().active()).contains(warm.getFirst());
    }

    /// The active one was lost while the change to the next had only begun to warm.
    @Test
    void a_failover_comes_before_a_change_that_touched_nothing_yet() {
        desk.deploy("gateway", "2");
        at("warm");
        desk.active("gateway").isAlive = false;
        desk.healAndCheck(ENOUGH);
        assertThat(end("gateway").outcome()).isEqualTo(Outcome.GATED);
        assertThat(serving("gateway")).isEqualTo("1");
    }

    /// What ended stuck while order flow was killed is armed again by one act.
    @Test
    void what_is_killed_and_stuck_can_be_armed_again() {
        desk.chance.strike(Fault.EFFECT_LIES, 1);
        desk.active("strategy").isAlive = false;
        desk.run(ENOUGH);
        desk.ask(
                (_, now) -> List.of(new DeskEvent.Killed(now, "strategy", "simon", "", false, "")));
        desk.run(Duration.ofSeconds(1));
        desk.ask(
                (state, now) ->
                        SimulatedDesk.intents(state, now)
                                .rearm(desk.planner(state, now), desk.system.service("strategy")));
        desk.healAndCheck(ENOUGH);
        assertThat(serving("strategy")).isEqualTo("1");
    }

    /// A re-arm that was said to be done and was not, or a ledger that was restored: the latch is set, and the ledger says that it is not. Nobody
    /// can be activated then, so what is stuck for it would get stuck again and again.
    @Test
    void a_latch_that_the_ledger_does_not_know_of_is_lifted_by_a_re_arm() {
        desk.world.killFlow("strategy");
        desk.active("strategy").isAlive = false;
        desk.run(ENOUGH);
        assertThat(desk.service("strategy").keep().isHalted()).isTrue();
        desk.ask(
                (state, now) ->
                        SimulatedDesk.intents(state, now)
                                .rearm(desk.planner(state, now), desk.system.service("strategy")));
        desk.run(ENOUGH);
        assertThat(serving("strategy")).isEqualTo("1");
        assertThat(desk.active("strategy").accepts()).isTrue();
        assertThat(events(DeskEvent.Killed.class).toList())
                .extracting(DeskEvent.Killed::result)
                .singleElement()
                .asString()
                .startsWith("its kill latch is set, as strategy-");
    }
}
