package dev.pitcrew.model;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// How an instance is observed.
///
/// @param every how often
/// @param timeout of one probe
/// @param limit a fact older than this is unknown
/// @param byName what is read, and how
public record Probes(
        Duration every, Duration timeout, Duration limit, Map<ProbeName, Probe> byName) {
    public Probes {
        if (!every.isPositive() || !timeout.isPositive() || !limit.isPositive()) {
            throw new IllegalArgumentException("probes need every, timeout and limit above zero");
        }
        byName = Words.inOrder(byName);
    }

    /// What is read all the time.
    public Map<ProbeName, Probe> routine() {
        var routine = new EnumMap<ProbeName, Probe>(ProbeName.class);
        byName.forEach(
                (name, probe) -> {
                    if (name.isRoutine()) {
                        routine.put(name, probe);
                    }
                });
        return routine;
    }
}
