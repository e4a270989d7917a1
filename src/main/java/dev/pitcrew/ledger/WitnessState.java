package dev.pitcrew.ledger;

import dev.pitcrew.ledger.Witness.Answer;
import dev.pitcrew.ledger.Witness.Submission;
import dev.pitcrew.model.OperationFailed;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// Where a ledger stands with one witness.
public sealed interface WitnessState {
    /// The witness knows the ledger up to `size` entries; they can't be changed unseen any more.
    record Agreed(long size) implements WitnessState {}

    /// The witness knows more entries than the ledger has: it was restored from an old copy, or cut. Nobody may act on
    /// it.
    record Ahead(long size, long ours) implements WitnessState {}

    /// The witness knows another past than the ledger's. Nobody may act on it.
    record Forked(long size) implements WitnessState {}

    /// The witness gave no answer, or none that counts.
    record Silent(String why) implements WitnessState {}

    /// Whether a controller must refuse to act: its ledger isn't the one that a witness knows.
    default boolean forbidsActing() {
        return switch (this) {
            case Ahead _, Forked _ -> true;
            case Agreed _, Silent _ -> false;
        };
    }

    /// Compares with the witness, signing nothing: for the start, before anything is done.
    static WitnessState compare(Ledger ledger, Witness witness) {
        try {
            return compared(ledger, witness.latest(ledger.verifier()));
        } catch (OperationFailed e) {
            return new Silent(e.getMessage());
        }
    }

    /// Compares, then hands over a fresh checkpoint; a cosignature is kept with the ledger.
    static WitnessState submit(Ledger ledger, Witness witness) {
        try {
            var latest = witness.latest(ledger.verifier());
            // Compared first: a ledger must never sign a checkpoint that contradicts one it signed
            // before.
            return compared(ledger, latest) instanceof Agreed(var known)
                    ? handOver(ledger, witness, known)
                    : compared(ledger, latest);
        } catch (OperationFailed e) {
            if (e.code() != OperationFailed.Code.WITNESS_UNREACHABLE) {
                throw e;
            }
            return new Silent(e.getMessage());
        }
    }

    private static WitnessState compared(Ledger ledger, Optional<SignedNote> latest) {
        if (latest.isEmpty()) {
            return new Agreed(0);
        }
        if (!latest.get().isSignedBy(ledger.verifier())) {
            return new Silent("the witness shows a checkpoint that this ledger never signed");
        }
        var known = Checkpoint.parse(latest.get().text());
        long ours = ledger.size();
        if (known.size() > ours) {
            return new Ahead(known.size(), ours);
        }
        return ledger.root(known.size()).equals(known.root())
                ? new Agreed(known.size())
                : new Forked(known.size());
    }

    private static WitnessState handOver(Ledger ledger, Witness witness, long known) {
        var note = ledger.checkpoint();
        long size = Checkpoint.parse(note.text()).size();
        var submission = new Submission(known, ledger.consistency(known, size), note);
        return switch (witness.add(ledger.verifier(), submission)) {
            case Answer.Remembered(var cosignatures) -> {
                if (!cosignatures.isEmpty()) {
                    ledger.keep(note.with(cosignatures));
                }
                yield new Agreed(size);
            }
            case Answer.Conflict(var theirs) when theirs > size -> new Ahead(theirs, size);
            case Answer.Conflict(var theirs) ->
                    new Silent("the witness moved to %d meanwhile; ask again".formatted(theirs));
            case Answer.Refused(var reason) when reason == Witness.Reason.INCONSISTENT ->
                    new Forked(known);
            case Answer.Refused(var reason) -> new Silent("the witness refused: " + reason);
        };
    }

    /// Since when the ledger has entries that no witness knows.
    ///
    /// @return the time of the first such entry; empty when there is none
    static Optional<Instant> unwitnessedSince(Ledger ledger, Collection<WitnessState> states) {
        long known =
                states.stream()
                        .mapToLong(state -> state instanceof Agreed(var size) ? size : 0)
                        .max()
                        .orElse(0);
        return ledger.entries(known).findFirst().map(Entry::at);
    }
}
