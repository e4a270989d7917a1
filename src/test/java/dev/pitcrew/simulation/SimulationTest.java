package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Thousands of seeds on all cores. `./verify --seed N` replays one.
class SimulationTest {
    private static final int SEEDS = 2000;
    private static final int MANY_SEEDS = 20_000;

    /// What has to be seen at least once, besides every fault and every way to end, or the seeds prove less than they seem to.
    private static final List<String> SIGHTS =
            List.of(
                    "armed again",
                    "failover",
                    "fenced by killing",
                    "halted",
                    "held",
                    "lapsed",
                    "let go",
                    "lost",
                    "refilled in a rollout",
                    "resumed between append and act",
                    "rolled back at bake",
                    "sent back",
                    "shared",
                    "shrunk",
                    "tried again",
                    "stuck: active lost",
                    "stuck: activate not confirmed",
                    "stuck: fence not confirmed",
                    "stuck: lost twice",
                    "stuck: reconcile not confirmed",
                    "stuck: restarts",
                    "stuck: rollout");

    @Test
    void no_seed_breaks_an_invariant_and_every_fault_is_reached() {
        var only = Long.getLong("seed");
        if (only != null) {
            System.out.println(Simulation.run(only));
            return;
        }
        run(1, SEEDS);
    }

    @Test
    @Tag("long")
    void nor_does_any_of_many_more() {
        run(SEEDS + 1, MANY_SEEDS);
    }

    private static void run(long first, long last) {
        var reports =
                LongStream.rangeClosed(first, last).parallel().mapToObj(Simulation::run).toList();
        var reached = EnumSet.noneOf(Fault.class);
        var outcomes = new TreeMap<String, Integer>();
        var sights = new TreeSet<String>();
        for (var report : reports) {
            reached.addAll(report.reached());
            report.outcomes().forEach((outcome, n) -> outcomes.merge(outcome, n, Integer::sum));
            sights.addAll(report.sights());
        }
        System.out.println(reports.size() + " seeds: " + outcomes + " " + sights);

        assertThat(reached).isEqualTo(Set.of(Fault.values()));
        assertThat(outcomes.keySet())
                .containsExactly("ABORTED", "DONE", "GATED", "REFUSED", "ROLLED_BACK", "STUCK");
        assertThat(sights).containsAll(SIGHTS);
    }
}
