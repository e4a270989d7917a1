package dev.pitcrew.ledger;

import dev.pitcrew.ledger.Witness.Submission;

/// A submission as the body of `POST add-checkpoint`.
///
/// @see <a href="https://c2sp.org/tlog-witness">tlog-witness</a>
public final class SubmissionText {
    private SubmissionText() {}

    /// `old SIZE`, hashes in base64, an empty line, the checkpoint.
    public static String render(Submission submission) {
        var out = new StringBuilder("old ").append(submission.old()).append('\n');
        submission.proof().forEach(hash -> out.append(hash.base64()).append('\n'));
        return out.append('\n').append(submission.checkpoint()).toString();
    }

    /// @throws IllegalArgumentException when it isn't a submission
    public static Submission parse(String body) {
        int end = body.indexOf("\n\n");
        if (end < 0 || !body.startsWith("old ")) {
            throw new IllegalArgumentException("not a submission: it must begin with old SIZE");
        }
        var head = body.substring(0, end).lines().toList();
        long old = Checkpoint.size(head.getFirst().substring("old ".length()));
        var proof = head.stream().skip(1).map(Hash::fromBase64).toList();
        return new Submission(old, proof, SignedNote.parse(body.substring(end + 2)));
    }
}
