package dev.pitcrew.runtime.docker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What names of an image stand for on several engines: on all the same, or there is no release of them.
public final class SameImage {
    private SameImage() {}

    /// The digest, in hex, that the first of these names which is known stands for now; empty when an engine knows none.
    ///
    /// @param isMeant whether the image that has a name is the right one
    /// @param engines at least one
    /// @throws IllegalArgumentException when one does not say, or has another; the message tells
    public static Optional<String> find(
            List<String> names, Predicate<Image> isMeant, List<Engine> engines) {
        Map<String, String> digests = new TreeMap<>();
        for (var engine : engines) {
            var digest = on(engine, names, isMeant, engines.size());
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            digests.put(engine.place().toString(), digest.get());
        }
        if (digests.values().stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "%s is not the same on all hosts: %s; build it once, and load it on each with `docker load`"
                            .formatted(
                                    names.getLast(),
                                    digests.entrySet().stream()
                                            .map(one -> one.getValue() + " at " + one.getKey())
                                            .collect(Collectors.joining(", "))));
        }
        return digests.values().stream().findFirst();
    }

    private static Optional<String> on(
            Engine engine, List<String> names, Predicate<Image> isMeant, int engines) {
        try {
            return new Images(engine).find(names, isMeant);
        } catch (IllegalArgumentException e) {
            throw engines == 1
                    ? e
                    : new IllegalArgumentException(engine.place() + ": " + e.getMessage(), e);
        }
    }
}
