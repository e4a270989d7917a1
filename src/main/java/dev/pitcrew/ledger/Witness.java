package dev.pitcrew.ledger;

import java.util.List;
import java.util.Optional;

/// Somebody outside the host's reach who remembers the newest checkpoint and never goes back.
///
/// Both methods throw [OperationFailed] with `WITNESS_UNREACHABLE` when there is no answer.
public interface Witness {
    /// For people: a folder, an SSH target, a URL.
    String name();

    /// @return the newest checkpoint that it knows of this ledger; empty when it knows none
    Optional<SignedNote> latest(VerifierKey ledger);

    /// Hands it a newer checkpoint. It compares and remembers in one step, durably before it answers.
    Answer add(VerifierKey ledger, Submission submission);

    /// What is handed to a witness.
    ///
    /// @param old the size that the witness is believed to know, 0 when none
    /// @param proof that the ledger only grew since then
    /// @param checkpoint signed by the ledger
    record Submission(long old, List<Hash> proof, SignedNote checkpoint) {
        public Submission {
            proof = List.copyOf(proof);
        }
    }

    /// What a witness answers.
    sealed interface Answer {
        /// It remembers the checkpoint.
        ///
        /// @param cosignatures its own, perhaps none
        record Remembered(List<NoteSignature> cosignatures) implements Answer {
            public Remembered {
                cosignatures = List.copyOf(cosignatures);
            }
        }

        /// It knows another size than `old`; ask again from there.
        record Conflict(long size) implements Answer {}

        /// It doesn't believe the checkpoint.
        record Refused(Reason reason) implements Answer {}
    }

    /// Why a checkpoint isn't believed; the numbers are the HTTP status of the C2SP protocol.
    enum Reason {
        /// The submission isn't well formed, or the old size is above the new.
        MALFORMED(400),
        /// No valid signature by the ledger's key.
        UNSIGNED(403),
        /// The witness doesn't know this ledger.
        UNKNOWN_ORIGIN(404),
        /// The ledger didn't only grow: its past was changed.
        INCONSISTENT(422);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /// The HTTP status, 400 to 422.
        public int status() {
            return status;
        }
    }
}
