package dev.pitcrew.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A history whose leaves are read when they are wanted.
record Presented(
        VerifierKey key,
        Supplier<Stream<LedgerStore.Indexed>> source,
        List<String> checkpoints,
        Function<Commitment, Optional<Opening>> openings)
        implements History {
    Presented {
        checkpoints = List.copyOf(checkpoints);
    }

    @Override
    public Stream<LedgerStore.Indexed> leaves() {
        return source.get();
    }

    @Override
    public Optional<Opening> opening(Commitment commitment) {
        return openings.apply(commitment);
    }
}
