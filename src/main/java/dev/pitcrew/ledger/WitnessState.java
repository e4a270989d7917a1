package dev.pitcrew.ledger;

import dev.pitcrew.ledger.Witness.Answer;
import dev.pitcrew.ledger.Witness.Submission;
import dev.pitcrew.model.OperationFailed;
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

    /// The witness knows the ledger's name under another key: ledger and key were lost and begun anew, or somebody else
    /// has taken the name. Nobody may act on it before a person has said which of the two is right.
    ///
    /// @param size how many entries the other one has
    record Foreign(long size) implements WitnessState {}

    /// The witness gave no answer, or none that counts.
    record Silent(String why) implements WitnessState {}

    /// Whether a controller must refuse to act: its ledger isn't the one that a witness knows.
    default boolean forbidsActing() {
        return switch (this) {
            case Ahead _, Forked _, Foreign _ -> true;
            case Agreed _, Silent _ -> false;
        };
    }

    /// What counts after the witness was asked again. Only an answer lifts what forbids acting: silence takes nothing back.
    default WitnessState then(WitnessState answer) {
        return forbidsActing() && answer instanceof Silent ? this : answer;
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
        Checkpoint known;
        try {
            known = Checkpoint.parse(latest.get().text());
        } catch (IllegalArgumentException e) {
            return new Silent("the witness shows a note that is no checkpoint");
        }
        if (!known.origin().equals(ledger.origin())) {
            return new Silent("the witness shows a checkpoint of " + known.origin());
        }
        if (!latest.get().isSignedBy(ledger.verifier())) {
            return new Foreign(known.size());
        }
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
}
