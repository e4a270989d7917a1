package dev.pitcrew.ledger;

import dev.pitcrew.ledger.Witness.Answer;
import dev.pitcrew.ledger.Witness.Reason;
import dev.pitcrew.ledger.Witness.Submission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every witness decides by, in the order that the protocol gives.
///
/// @see <a href="https://c2sp.org/tlog-witness">tlog-witness</a>
public final class WitnessRules {
    private static final int PROOF_MAX = 63;

    private WitnessRules() {}

    /// Whether the submission may follow what the witness knows. Pure: whoever calls remembers it.
    ///
    /// @param latest the newest checkpoint that the witness knows, or null when none
    /// @return `Remembered` without cosignatures when it may
    public static Answer decide(
            VerifierKey ledger, @Nullable Checkpoint latest, Submission submission) {
        Checkpoint next;
        try {
            next = Checkpoint.parse(submission.checkpoint().text());
        } catch (IllegalArgumentException e) {
            return new Answer.Refused(Reason.MALFORMED);
        }
        if (!next.origin().equals(ledger.name())) {
            return new Answer.Refused(Reason.UNKNOWN_ORIGIN);
        }
        if (!submission.checkpoint().isSignedBy(ledger)) {
            return new Answer.Refused(Reason.UNSIGNED);
        }
        if (submission.old() > next.size() || submission.proof().size() > PROOF_MAX) {
            return new Answer.Refused(Reason.MALFORMED);
        }
        var known =
                latest == null ? new Checkpoint(next.origin(), 0, TreeHasher.emptyRoot()) : latest;
        if (submission.old() != known.size()) {
            return new Answer.Conflict(known.size());
        }
        boolean isGrown =
                Proofs.consistent(
                        known.size(), known.root(), submission.proof(), next.size(), next.root());
        boolean isEmptyWell = next.size() > 0 || next.root().equals(TreeHasher.emptyRoot());
        return isGrown && isEmptyWell
                ? new Answer.Remembered(List.of())
                : new Answer.Refused(Reason.INCONSISTENT);
    }
}
