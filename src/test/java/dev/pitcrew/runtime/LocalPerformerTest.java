package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Token;
import dev.pitcrew.runtime.balancer.TestingTraffic;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficState;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.HookAnswer;
import dev.pitcrew.runtime.http.HookCall;
import dev.pitcrew.runtime.http.TestingHooks;
import dev.pitcrew.runtime.http.TestingProbing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How effects are performed, and in which words their outcome comes back.
class LocalPerformerTest {
    private static final Token SEVEN = new Token(7);

    @TempDir Path folder;

    private final TestingClock clock = new TestingClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final TestingHooks hooks = new TestingHooks();
    private final TestingTraffic traffic = new TestingTraffic(clock, List.of("gateway"));
    private final List<String> started = new ArrayList<>();
    private final TestingProbing probing = new TestingProbing(clock);
    private Desk desk = Desk.EMPTY;
    private Spool spool;
    private TestingInstances instances;
    private LocalPerformer performer;

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(folder);
        instances = new TestingInstances(folder, clock);
        instances.start("gateway", "gateway-1", 1001);
        var system = instances.system();
        var variables = instances.variables();
        performer =
                new LocalPerformer(
                        system,
                        instances::desk,
                        instances.processes(),
                        new SteeringPerformer(instances::desk, traffic, instances.addresses()),
                        hooks,
                        new Launcher(
                                folder,
                                folder,
                                instances.addresses(),
                                variables,
                                new Secrets(folder, Map.of("DESK_SECRET", "hush")),
                                false),
                        new Instances(system, instances.addresses(), variables),
                        new PendingKills(
                                spool,
                                () -> desk,
                                hooks,
                                probing,
                                Duration.ofMillis(100),
                                Duration.ofMillis(200)),
                        started::add);
    }

    @Test
    void a_start_brings_a_process_and_is_told() throws Exception {
        assertThat(outcome(new Effect.Start("gateway-2", "1"))).isEqualTo("confirmed: pid 102");
        assertThat(started).containsExactly("gateway-2");
    }

    @Test
    void a_start_that_is_performed_again_finds_what_runs() throws Exception {
        assertThat(outcome(new Effect.Start("gateway-1", "1")))
                .isEqualTo("confirmed: pid 101, which ran already");
    }

    /// Left by a ledger that was restored, under a name that is given out again.
    @Test
    void a_start_takes_nobody_for_its_own_who_runs_another_version() throws Exception {
        assertThat(outcome(new Effect.Start("gateway-1", "2")))
                .isEqualTo(
                        "failed: another process runs as gateway-1 already, pid 101, and not version 2:"
                                + " find out what it does, and end it");
        assertThat(started).isEmpty();
    }

    @Test
    void a_start_that_is_refused_has_failed() throws Exception {
        instances.processes().refuseStart("gateway-2");

        assertThat(outcome(new Effect.Start("gateway-2", "1"))).startsWith("failed: ");
        assertThat(started).isEmpty();
    }

    @Test
    void who_is_killed_has_ended_and_who_lives_on_has_not() throws Exception {
        assertThat(outcome(new Effect.Kill("gateway-1")))
                .isEqualTo("confirmed: gateway-1 ended with 137");

        instances.start("gateway", "gateway-2", 1002);
        instances.processes().makeImmortal("gateway-2");

        assertThat(outcome(new Effect.Stop("gateway-2")))
                .isEqualTo("failed: gateway-2 still lives as pid 102");
    }

    @Test
    void a_host_that_is_cut_off_confirms_no_death() throws Exception {
        instances.processes().cutOff(true);

        assertThat(outcome(new Effect.Kill("gateway-1"))).startsWith("failed: ");
    }

    @Test
    void a_hook_is_called_with_the_token_and_the_course() throws Exception {
        hooks.answer("gateway-1", _ -> new HookAnswer.Done());

        assertThat(outcome(new Effect.Activate("gateway-1", SEVEN)))
                .isEqualTo("confirmed: activate of gateway-1 is done");
        assertThat(hooks.calls()).extracting(HookCall::name).containsExactly(HookName.ACTIVATE);
        assertThat(hooks.calls()).extracting(HookCall::token).containsExactly(SEVEN);
        assertThat(hooks.calls()).extracting(HookCall::change).containsExactly("course");
    }

    @Test
    void each_answer_of_a_hook_has_its_words() throws Exception {
        assertThat(drain(new HookAnswer.InProgress()))
                .isEqualTo("confirmed: drain of gateway-1 is accepted and in progress");
        assertThat(drain(new HookAnswer.OlderToken(9)))
                .isEqualTo(
                        "failed: drain of gateway-1 was refused: token 7 is older than 9, which it has seen");
        assertThat(drain(new HookAnswer.Latched()))
                .isEqualTo("failed: drain of gateway-1 was refused: its kill latch is set");
        assertThat(drain(new HookAnswer.Refused(500, "no disk")))
                .isEqualTo("failed: drain of gateway-1 was refused with 500: no disk");
        assertThat(drain(new HookAnswer.TimedOut()))
                .isEqualTo("failed: drain of gateway-1 got no answer within 2000 ms");
    }

    @Test
    void an_answer_that_was_lost_is_no_confirmation() throws Exception {
        hooks.answer("gateway-1", _ -> new HookAnswer.Done());
        hooks.loseNextAnswer();

        assertThat(outcome(new Effect.Deactivate("gateway-1", SEVEN))).startsWith("failed: ");
        assertThat(hooks.calls()).hasSize(1);
    }

    @Test
    void who_can_not_be_reached_or_was_never_started_was_not_told() throws Exception {
        assertThat(outcome(new Effect.Activate("gateway-1", SEVEN)))
                .isEqualTo("failed: activate of gateway-1 was not delivered: no connection");
        assertThat(outcome(new Effect.Activate("gateway-9", SEVEN))).startsWith("failed: ");
    }

    @Test
    void a_route_leads_to_the_addresses_and_lets_go_of_what_was_held() throws Exception {
        traffic.hold("gateway", Duration.ofSeconds(3));

        assertThat(outcome(new Effect.Route(List.of("gateway-1"))))
                .startsWith("confirmed: traffic goes to gateway-1, generation ");
        assertThat(state().mode()).isEqualTo(TrafficState.Mode.OPEN);
        assertThat(state().targets()).containsExactly(Address.local(1001));
    }

    @Test
    void what_stays_with_another_instance_for_too_long_is_closed_and_counted() throws Exception {
        traffic.route("gateway", List.of(Address.local(9)));
        traffic.request("gateway", _ -> {});
        traffic.closesAfter(Duration.ofMillis(20));

        assertThat(outcome(new Effect.Route(List.of("gateway-1"))))
                .isEqualTo(
                        "confirmed: traffic goes to gateway-1; closed after 20 ms: connections to others, 1, generation 2");
        assertThat(((TrafficAnswer.Stands) traffic.state("gateway")).state().leaving()).isZero();
    }

    @Test
    void a_route_to_somebody_whom_nobody_knows_changes_nothing() throws Exception {
        var before = state();

        assertThat(outcome(new Effect.Route(List.of("gateway-1", "gateway-9"))))
                .isEqualTo("failed: nobody knows where gateway-9 listens");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void what_the_balancer_did_not_answer_is_not_confirmed() throws Exception {
        traffic.loseNextAnswer();
        assertThat(outcome(new Effect.Hold(Duration.ofSeconds(3))))
                .isEqualTo("failed: no answer in time");

        traffic.down(true);

        assertThat(outcome(new Effect.RouteBack(List.of("gateway-1"))))
                .isEqualTo("failed: the balancer is down");
    }

    /// Every instance was cut before it could write the latch, and the ledger does not know it either.
    @Test
    void behind_a_kill_that_nobody_took_a_new_instance_latches_before_anything_else()
            throws Exception {
        spool.write(killed());
        latches("gateway-2");

        assertThat(outcome(new Effect.Start("gateway-2", "1")))
                .isEqualTo("confirmed: pid 102, and its kill latch is set");
        assertThat(hooks.calls()).extracting(HookCall::name).containsExactly(HookName.KILL);
    }

    @Test
    void a_kill_that_the_ledger_has_is_taken_by_a_new_instance_as_well() throws Exception {
        desk = Desk.EMPTY.fold(killed());
        latches("gateway-2");

        assertThat(outcome(new Effect.Start("gateway-2", "1")))
                .isEqualTo("confirmed: pid 102, and its kill latch is set");
    }

    @Test
    void who_finds_the_latch_in_its_store_is_not_killed_again() throws Exception {
        desk = Desk.EMPTY.fold(killed());
        probing.set("gateway-2", ProbeName.KILLED, "true");

        assertThat(outcome(new Effect.Start("gateway-2", "1")))
                .isEqualTo("confirmed: pid 102, and its kill latch is set");
        assertThat(hooks.calls()).isEmpty();
    }

    @Test
    void who_does_not_latch_behind_a_kill_is_ended() throws Exception {
        spool.write(killed());
        probing.set("gateway-2", ProbeName.KILLED, "false");
        hooks.answer("gateway-2", _ -> new HookAnswer.Done());

        assertThat(outcome(new Effect.Start("gateway-2", "1")))
                .isEqualTo(
                        "failed: gateway-2 did not take the kill that is in force, and was ended: its latch is not seen");
        assertThat(instances.processes().state("gateway-2").dead()).isTrue();
    }

    @Test
    void nobody_is_activated_or_re_armed_while_a_kill_waits_for_the_ledger() throws Exception {
        hooks.answer("gateway-1", _ -> new HookAnswer.Done());
        spool.write(killed());

        var waits = "failed: gateway was killed, and the ledger has not taken that in yet";
        assertThat(outcome(new Effect.Activate("gateway-1", SEVEN))).isEqualTo(waits);
        assertThat(outcome(new Effect.Rearm("gateway-1", SEVEN))).isEqualTo(waits);
        assertThat(outcome(new Effect.StartActive("gateway-2", "1"))).isEqualTo(waits);
        assertThat(hooks.calls()).isEmpty();
        assertThat(started).isEmpty();
    }

    /// It was decided before the ledger had the kill.
    @Test
    void nobody_is_activated_whom_a_kill_overtook() throws Exception {
        hooks.answer("gateway-1", _ -> new HookAnswer.Done());
        desk = Desk.EMPTY.fold(killed());

        assertThat(outcome(new Effect.Activate("gateway-1", SEVEN)))
                .isEqualTo("failed: gateway was killed, and is not re-armed");
        assertThat(hooks.calls()).isEmpty();
    }

    /// Whoever decided it.
    @Test
    void nobody_activates_a_shadow() throws Exception {
        hooks.answer("gateway-2-shadow", _ -> new HookAnswer.Done());

        assertThat(outcome(new Effect.Start("gateway-2-shadow", "1")))
                .isEqualTo("confirmed: pid 102");
        assertThat(outcome(new Effect.Activate("gateway-2-shadow", SEVEN)))
                .isEqualTo("failed: gateway-2-shadow is a shadow, which nobody may activate");
        assertThat(hooks.calls()).isEmpty();
    }

    private Killed killed() {
        return new Killed(clock.instant(), "gateway", "ada", "runaway", true, "cut 2");
    }

    /// It takes the kill, and tells that it did.
    private void latches(String instance) {
        probing.set(instance, ProbeName.KILLED, "false");
        hooks.answer(
                instance,
                _ -> {
                    probing.set(instance, ProbeName.KILLED, "true");
                    return new HookAnswer.InProgress();
                });
    }

    private String drain(HookAnswer answer) throws Exception {
        hooks.answer("gateway-1", _ -> answer);
        return outcome(new Effect.Drain("gateway-1", SEVEN, DrainPolicy.CANCEL));
    }

    private TrafficState state() {
        return ((TrafficAnswer.Stands) traffic.state("gateway")).state();
    }

    private String outcome(Effect effect) throws Exception {
        var came = new CompletableFuture<String>();
        performer.perform(
                "gateway",
                "course",
                effect,
                new Performer.Outcome() {
                    @Override
                    public void confirmed(String detail) {
                        came.complete("confirmed: " + detail);
                    }

                    @Override
                    public void failed(String reason) {
                        came.complete("failed: " + reason);
                    }
                });
        return came.get(20, TimeUnit.SECONDS);
    }
}
