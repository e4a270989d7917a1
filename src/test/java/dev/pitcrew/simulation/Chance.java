package dev.pitcrew.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Chance from a seed, with the faults that this run has and how many it may still have.
final class Chance {
    private final Random random;
    private final Set<Fault> enabled = EnumSet.noneOf(Fault.class);
    private final Set<Fault> reached = EnumSet.noneOf(Fault.class);
    private final Map<Fault, Integer> due = new EnumMap<>(Fault.class);
    private int left;

    Chance(long seed) {
        random = new Random(seed);
        for (var fault : Fault.values()) {
            if (random.nextInt(3) == 0) {
                enabled.add(fault);
            }
        }
        left = random.nextInt(6); // few faults: with many of them every run would only end as stuck
    }

    /// No fault but those that are asked for.
    static Chance none() {
        var chance = new Chance(0);
        chance.heal();
        return chance;
    }

    /// The fault strikes the next times that it can.
    void strike(Fault fault, int times) {
        due.put(fault, times);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean isEnabled(Fault fault) {
        return enabled.contains(fault);
    }

    /// Whether the fault happens now.
    ///
    /// @param oneIn how rare it is
    boolean strikes(Fault fault, int oneIn) {
        var times = due.getOrDefault(fault, 0);
        if (times > 0) {
            due.put(fault, times - 1);
            reached.add(fault);
            return true;
        }
        if (left == 0 || !enabled.contains(fault) || random.nextInt(oneIn) != 0) {
            return false;
        }
        left--;
        reached.add(fault);
        return true;
    }

    /// No fault from now on.
    void heal() {
        left = 0;
        due.clear();
    }

    Set<Fault> reached() {
        return reached;
    }
}
