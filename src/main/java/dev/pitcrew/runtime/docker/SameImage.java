package dev.pitcrew.runtime.docker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a name of an image stands for on several engines: on all the same, or there is no release of that name.
public final class SameImage {
    private SameImage() {}

    /// The digest that the name stands for now, in hex.
    ///
    /// @param engines at least one
    /// @throws IllegalArgumentException when one has none, does not say, or has another; the message tells
    public static String resolve(String name, List<Engine> engines) {
        Map<String, String> digests = new TreeMap<>();
        for (var engine : engines) {
            digests.put(engine.place().toString(), of(name, engine, engines.size()));
        }
        if (digests.values().stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "%s is not the same on all hosts: %s; build it once, and load it on each with `docker load`"
                            .formatted(
                                    name,
                                    digests.entrySet().stream()
                                            .map(one -> one.getValue() + " at " + one.getKey())
                                            .collect(Collectors.joining(", "))));
        }
        return digests.values().iterator().next();
    }

    private static String of(String name, Engine engine, int engines) {
        try {
            return new Images(engine).resolve(name);
        } catch (IllegalArgumentException e) {
            throw engines == 1
                    ? e
                    : new IllegalArgumentException(engine.place() + ": " + e.getMessage(), e);
        }
    }
}
