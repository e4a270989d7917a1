package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A thousand seeds; `-Dseed=N` replays one, `-Dseeds=N` runs so many.
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 1000);

    @Test
    void no_seed_breaks_an_invariant_and_every_fault_is_reached() {
        var only = Long.getLong("seed");
        if (only != null) {
            System.out.println(Simulation.run(only));
            return;
        }
        var reached = EnumSet.noneOf(Fault.class);
        var outcomes = new TreeMap<String, Integer>();
        var sights = new TreeSet<String>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            var report = Simulation.run(seed);
            reached.addAll(report.reached());
            report.outcomes().forEach((outcome, n) -> outcomes.merge(outcome, n, Integer::sum));
            sights.addAll(report.sights());
        }
        System.out.println(SEEDS + " seeds: " + outcomes + " " + sights);

        assertThat(reached).isEqualTo(EnumSet.allOf(Fault.class));
        assertThat(outcomes.keySet())
                .containsExactly("ABORTED", "DONE", "GATED", "REFUSED", "ROLLED_BACK", "STUCK");
        assertThat(sights)
                .contains("failover", "stuck", "lost", "fenced by killing", "tried again", "held");
    }
}
