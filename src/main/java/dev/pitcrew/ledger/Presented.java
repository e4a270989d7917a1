package dev.pitcrew.ledger;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A history whose leaves are read when they are wanted.
record Presented(
        VerifierKey key, Supplier<Stream<LedgerStore.Indexed>> source, List<String> checkpoints)
        implements History {
    Presented {
        checkpoints = List.copyOf(checkpoints);
    }

    @Override
    public Stream<LedgerStore.Indexed> leaves() {
        return source.get();
    }
}
