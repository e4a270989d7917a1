package dev.pitcrew.app;

import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.Hash;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Leaf;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.LedgerStore.Indexed;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.SignedNote;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.PersonalValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Moves a ledger to another store as it is: the same bytes, hashes, checkpoints and what is still known in the clear. So each
/// proof that was made from one is a proof in the other.
public final class LedgerCopy {
    private static final int PAGE = 500;

    private final VerifierKey key;
    private final PersonalValues personal = new PersonalValues();

    /// @param key that signed its checkpoints
    public LedgerCopy(VerifierKey key) {
        this.key = key;
    }

    /// Copies what the target lacks, and verifies both. A copy that was broken off goes on where it ended.
    ///
    /// @param from nobody writes it meanwhile
    /// @param to empty, or an earlier state of the same ledger
    /// @return what both are
    /// @throws OperationFailed with `LEDGER_CORRUPT` when the source isn't whole, or the target isn't afterwards
    /// @throws IllegalArgumentException when the target holds another ledger; it stays as it is
    public Verdict.Whole copy(LedgerStore from, LedgerStore to) {
        var verdict = whole(from, "the ledger to copy");
        requireEarlier(from, to);
        for (long at = to.size(); at < from.size(); at = to.size()) {
            var page = from.read(at, PAGE);
            List<Opening> openings;
            try (var entries = Ledger.entries(from, at)) {
                openings =
                        entries.limit(page.size())
                                .flatMap(this::commitments)
                                .flatMap(one -> Ledger.opening(from, one).stream())
                                .distinct()
                                .toList();
            }
            to.append(at, leaves(page), openings);
        }
        for (var note : from.checkpoints()) {
            to.putCheckpoint(sizeOf(note), note);
        }
        var copied = whole(to, "the copy");
        if (!copied.equals(verdict)) {
            throw new OperationFailed(
                    Code.LEDGER_CORRUPT, "the copy is another ledger: " + copied.sentence(), null);
        }
        return copied;
    }

    private static long sizeOf(String note) {
        return Checkpoint.parse(SignedNote.parse(note).text()).size();
    }

    private static List<Leaf> leaves(List<Indexed> page) {
        return page.stream().map(Indexed::leaf).toList();
    }

    private Stream<Commitment> commitments(Entry entry) {
        return Stream.concat(personal.names(entry).stream(), personal.texts(entry).stream());
    }

    private Verdict.Whole whole(LedgerStore store, String what) {
        return switch (Verification.verify(History.of(store, key))) {
            case Verdict.Whole whole -> whole;
            case Verdict broken ->
                    throw new OperationFailed(
                            Code.LEDGER_CORRUPT, what + " isn't whole: " + broken.sentence(), null);
        };
    }

    private static void requireEarlier(LedgerStore from, LedgerStore to) {
        long size = to.size();
        for (long at = 0; at < size; ) {
            var there = to.hashes(at, PAGE);
            if (!there.equals(first(from.hashes(at, PAGE), there.size()))) {
                throw new IllegalArgumentException(
                        "the target holds another ledger, of %d entries; name an empty one"
                                .formatted(size));
            }
            at += there.size();
        }
    }

    private static List<Hash> first(List<Hash> hashes, int atMost) {
        return new ArrayList<>(hashes.subList(0, Math.min(atMost, hashes.size())));
    }
}
