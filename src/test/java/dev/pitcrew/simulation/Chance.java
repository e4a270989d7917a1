package dev.pitcrew.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Chance from a seed, with the faults that this run has and how many it may still have.
final class Chance {
    private final Random random;
    private final Set<Fault> enabled = EnumSet.noneOf(Fault.class);
    private final Map<Fault, Instant> reached = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> due = new EnumMap<>(Fault.class);
    private InstantSource clock = InstantSource.fixed(Instant.EPOCH);
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

    /// From now on it is known when a fault struck.
    void follow(InstantSource time) {
        clock = time;
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
        var isDrawn = draws(fault, oneIn);
        if (isDrawn) {
            reach(fault);
        }
        return isDrawn;
    }

    /// Whether the fault is about to happen; whoever makes it happen says so with [#reach].
    boolean draws(Fault fault, int oneIn) {
        var times = due.getOrDefault(fault, 0);
        if (times > 0) {
            due.put(fault, times - 1);
            return true;
        }
        if (left == 0 || !enabled.contains(fault) || random.nextInt(oneIn) != 0) {
            return false;
        }
        left--;
        return true;
    }

    /// It happened.
    void reach(Fault fault) {
        reached.put(fault, clock.instant());
    }

    /// Whether one of these faults happened within the last while.
    boolean hasStruck(Set<Fault> faults, Duration within) {
        var since = clock.instant().minus(within);
        return reached.entrySet().stream()
                .anyMatch(one -> faults.contains(one.getKey()) && one.getValue().isAfter(since));
    }

    /// No fault from now on.
    void heal() {
        left = 0;
        due.clear();
    }

    Set<Fault> reached() {
        return Set.copyOf(reached.keySet());
    }
}
