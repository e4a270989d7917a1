package dev.pitcrew.app;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.WitnessState;
import java.util.Collection;

/// Since when no witness has seen a ledger. Whoever owns the host can rewrite what came after that, and nobody would know.
public final class Unwitnessed {
    private Unwitnessed() {}

    /// @return in words, such as `12 entries since 2026-11-23T18:04:05Z`; empty when a witness has seen all
    public static String since(Ledger ledger, Collection<WitnessState> states) {
        if (states.isEmpty()) {
            return "no witness is declared";
        }
        long seen =
                states.stream()
                        .mapToLong(one -> one instanceof WitnessState.Agreed(long size) ? size : 0)
                        .max()
                        .orElse(0);
        long size = ledger.size();
        if (seen >= size) {
            return "";
        }
        try (var entries = ledger.entries(seen)) {
            return entries.findFirst()
                    .map(first -> "%d entries since %s".formatted(size - seen, first.at()))
                    .orElse("");
        }
    }
}
