package dev.pitcrew.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// What every adapter of [Processes] must do; run against the real one and against that of the tests, on which the simulation stands.
abstract class ProcessesContract {
    static final Duration GRACE = Duration.ofMillis(300);

    /// The adapter under test, as it is now.
    abstract Processes processes();

    /// The same world, seen by a controller that was started anew.
    abstract Processes afterControllerRestart();

    /// A process that runs until it is told to end, and then ends with 0.
    abstract ProcessSpec polite(String instance);

    /// A process that runs on when it is told to end.
    abstract ProcessSpec stubborn(String instance);

    /// A process that ends by itself at once.
    abstract ProcessSpec ending(String instance, int code);

    /// A process that can't be started, this once.
    abstract ProcessSpec refused(String instance) throws IOException;

    /// Waits until the process has come so far that it handles signals as it wants to.
    abstract void settle(String instance);

    /// Stops the process as SIGSTOP does.
    abstract void freeze(String instance);

    /// Waits until it holds, or fails.
    abstract void eventually(BooleanSupplier condition);

    @Test
    void a_started_process_runs() {
        Started started = processes().start(polite("gateway-1"));

        assertThat(started).isInstanceOf(Started.Runs.class);
        assertThat(processes().state("gateway-1")).isEqualTo(running(started));
    }

    @Test
    void a_process_that_runs_is_not_started_again() {
        Started first = processes().start(polite("gateway-1"));
        Started second = processes().start(polite("gateway-1"));

        assertThat(((Started.Runs) second).already()).isTrue();
        assertThat(running(second)).isEqualTo(running(first));
    }

    @Test
    void a_start_that_is_refused_leaves_nothing_that_runs() throws IOException {
        Started refused = processes().start(refused("gateway-1"));

        assertThat(refused).isInstanceOf(Started.Refused.class);
        assertThat(processes().state("gateway-1").dead()).isTrue();
        assertThat(((Started.Runs) processes().start(polite("gateway-1"))).already()).isFalse();
    }

    @Test
    void a_process_that_ended_leaves_its_exit_code() {
        processes().start(ending("gateway-1", 3));

        eventually(() -> processes().state("gateway-1").dead());
        assertThat(((Exited) processes().state("gateway-1")).code()).isEqualTo(3);
    }

    @Test
    void a_process_that_ended_can_be_started_again() {
        processes().start(ending("gateway-1", 3));
        eventually(() -> processes().state("gateway-1").dead());
        Started again = processes().start(polite("gateway-1"));

        assertThat(((Started.Runs) again).already()).isFalse();
        assertThat(processes().state("gateway-1")).isEqualTo(running(again));
    }

    @Test
    void a_polite_process_ends_when_asked() {
        processes().start(polite("gateway-1"));
        settle("gateway-1");
        ProcessState after = processes().stop("gateway-1", Duration.ofSeconds(10));

        assertThat(((Exited) after).code()).isZero();
    }

    @Test
    void a_stubborn_process_is_killed_after_the_grace() {
        processes().start(stubborn("gateway-1"));
        settle("gateway-1");
        ProcessState after = processes().stop("gateway-1", GRACE);

        assertThat(((Exited) after).code()).isEqualTo(137);
    }

    @Test
    void a_killed_process_is_confirmed_dead() {
        processes().start(stubborn("gateway-1"));
        ProcessState after = processes().kill("gateway-1");

        assertThat(((Exited) after).code()).isEqualTo(137);
        assertThat(processes().kill("gateway-1")).isEqualTo(after);
    }

    @Test
    void a_frozen_process_is_seen_and_can_be_killed() {
        processes().start(polite("gateway-1"));
        freeze("gateway-1");
        eventually(
                () ->
                        processes().state("gateway-1") instanceof Running(_, _, boolean stopped)
                                && stopped);

        assertThat(processes().kill("gateway-1").dead()).isTrue();
    }

    @Test
    void nothing_is_known_of_a_process_that_was_never_started() {
        assertThat(processes().state("nobody-1")).isInstanceOf(Gone.class);
        assertThat(processes().stop("nobody-1", GRACE)).isInstanceOf(Gone.class);
        assertThat(processes().kill("nobody-1")).isInstanceOf(Gone.class);
    }

    @Test
    void a_restarted_controller_finds_what_runs() {
        ProcessSpec spec = polite("gateway-1");
        Started started = processes().start(spec);
        settle("gateway-1");
        Processes again = afterControllerRestart();

        assertThat(again.state("gateway-1")).isEqualTo(running(started));
        assertThat(((Started.Runs) again.start(spec)).already()).isTrue();
        assertThat(((Exited) again.stop("gateway-1", Duration.ofSeconds(10))).code()).isZero();
    }

    @Test
    void a_restarted_controller_reads_the_exit_code() {
        processes().start(ending("gateway-1", 7));
        Processes again = afterControllerRestart();
        eventually(() -> again.state("gateway-1").dead());

        assertThat(((Exited) again.state("gateway-1")).code()).isEqualTo(7);
    }

    @Test
    void what_was_started_is_known_until_it_is_forgotten() {
        ProcessSpec spec = ending("gateway-1", 0);
        processes().start(spec);
        processes().start(polite("gateway-2"));
        eventually(() -> processes().state("gateway-1").dead());

        assertThat(processes().known())
                .extracting(KnownProcess::instance)
                .containsExactly("gateway-1", "gateway-2");
        assertThat(processes().known().getFirst().version()).isEqualTo(spec.version());
        processes().forget("gateway-1");
        processes().forget("gateway-2"); // it runs
        assertThat(processes().known())
                .extracting(KnownProcess::instance)
                .containsExactly("gateway-2");
    }

    @Test
    void each_death_is_told_once() {
        List<String> deaths = Collections.synchronizedList(new ArrayList<>());
        try (var _ =
                processes()
                        .watch(
                                (instance, state) -> {
                                    assertThat(state.dead()).isTrue();
                                    deaths.add(instance);
                                })) {
            processes().start(polite("gateway-1"));
            processes().start(ending("gateway-2", 0));
            processes().start(stubborn("gateway-3"));
            eventually(() -> deaths.contains("gateway-2"));
            processes().kill("gateway-3");
            eventually(() -> deaths.contains("gateway-3"));

            assertThat(deaths).containsExactly("gateway-2", "gateway-3");
        }
    }

    private static Running running(Started started) {
        Started.Runs runs = (Started.Runs) started;
        return new Running(runs.pid(), runs.startTicks(), false);
    }
}
