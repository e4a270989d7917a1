package dev.pitcrew.ledger;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Entries and keys for tests.
public final class Samples {
    /// A time without meaning.
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Samples() {}

    public static NewEntry entry(int i) {
        return new NewEntry(
                NOON.plusSeconds(i),
                new EntryType("step-started", 1),
                "controller",
                "rollout-" + i / 10,
                "{\"step\":" + i + "}");
    }

    public static List<NewEntry> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(Samples::entry).toList();
    }

    public static SigningKey key() {
        return SigningKey.generate("desk.example/ledger", VerifierKey.Kind.NOTE);
    }
}
