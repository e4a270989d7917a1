package dev.pitcrew.bench;

import dev.pitcrew.simulation.Simulation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// Simulated rollouts a second of one core: the production loop and deciders on virtual time, in a world that fails. Seconds are those
/// of the thread's CPU time, so that whatever else runs costs nothing.
public final class SimulationBench {
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 20;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SimulationBench() {}

    public static void main(String[] args) {
        var seconds = args.length > 0 ? Integer.parseInt(args[0]) : SECONDS;
        var next = run(1, WARM_UP_SECONDS).seeds() + 1;
        var counted = run(next, seconds);
        System.out.printf(
                "| | |%n|---|---|%n| seeds, 100 s of virtual time each | %d in %.1f s, from seed %d |%n",
                counted.seeds(), counted.seconds(), next);
        System.out.printf("| seeds a second | %.1f |%n", counted.seeds() / counted.seconds());
        System.out.printf("| rollouts a second | %.1f |%n", counted.rollouts() / counted.seconds());
        System.out.printf(
                "| times real time | %.0f |%n", 100 * counted.seeds() / counted.seconds());
    }

    private record Counted(long seeds, long rollouts, double seconds) {}

    private static Counted run(long firstSeed, int seconds) {
        var start = THREADS.getCurrentThreadCpuTime();
        var seed = firstSeed;
        var rollouts = 0L;
        while (THREADS.getCurrentThreadCpuTime() - start < seconds * 1_000_000_000L) {
            var outcomes = Simulation.run(seed++).outcomes();
            rollouts += outcomes.values().stream().mapToInt(Integer::intValue).sum();
        }
        var nanos = THREADS.getCurrentThreadCpuTime() - start;
        return new Counted(seed - firstSeed, rollouts, nanos / 1e9);
    }
}
