package dev.pitcrew.server;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.model.Words;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How often what happened, since the ledger began: a fold over it that changes in place. For one thread at a time.
final class Counts {
    /// What is counted, with what it differs by.
    record Counted(String name, Map<String, String> labels) implements Comparable<Counted> {
        Counted {
            labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
        }

        @Override
        public int compareTo(Counted other) {
            return toString().compareTo(other.toString());
        }
    }

    private final Map<Counted, Long> counted = new TreeMap<>();

    Counts() {}

    /// Goes on from what was kept.
    Counts(Map<Counted, Long> kept) {
        counted.putAll(kept);
    }

    /// To be kept.
    Map<Counted, Long> kept() {
        return Map.copyOf(counted);
    }

    void hear(Event event) {
        switch (event) {
            case RolloutEvent.Finished one ->
                    count(
                            Metrics.ROLLOUTS,
                            Map.of("service", one.service(), "outcome", Words.of(one.outcome())));
            case EffectFailed one ->
                    count(
                            Metrics.EFFECTS_FAILED,
                            Map.of("service", one.service(), "effect", kind(one.effect())));
            case KeepEvent.InstanceLost one ->
                    count(Metrics.INSTANCES_LOST, Map.of("service", one.service()));
            case KeepEvent.MendBegun one ->
                    count(
                            Metrics.MENDS,
                            Map.of("service", one.service(), "purpose", Words.of(one.purpose())));
            case DeskEvent.Killed one -> count(Metrics.KILLS, Map.of("service", one.service()));
            default -> {} // not counted
        }
    }

    private void count(String name, Map<String, String> labels) {
        counted.merge(new Counted(name, labels), 1L, Long::sum);
    }

    /// The counts of one name, by what they differ by.
    Map<Map<String, String>, Long> of(String name) {
        var some = new java.util.LinkedHashMap<Map<String, String>, Long>();
        counted.forEach(
                (what, count) -> {
                    if (what.name().equals(name)) {
                        some.put(what.labels(), count);
                    }
                });
        return some;
    }

    private static String kind(Effect effect) {
        return effect.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
