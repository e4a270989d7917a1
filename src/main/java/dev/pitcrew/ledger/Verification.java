package dev.pitcrew.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Checks a history against itself, its signed checkpoints, and one that the verifier kept: offline, in one pass.
public final class Verification {
    private Verification() {}

    /// Against the checkpoints that came with the history.
    public static Verdict verify(History history) {
        return verify(history, List.of());
    }

    /// Against checkpoints from elsewhere as well: a witness, an auditor's drawer. Only those tell of a history whose
    /// end was cut off together with its last checkpoints, or that was signed anew from the start.
    ///
    /// @param kept signed notes that the verifier trusts to be this ledger's
    public static Verdict verify(History history, List<SignedNote> kept) {
        var trusted = new ArrayList<Checkpoint>();
        try {
            for (var text : history.checkpoints()) {
                trusted.add(believed(SignedNote.parse(text), history.key()));
            }
            for (var note : kept) {
                trusted.add(believed(note, history.key()));
            }
        } catch (IllegalArgumentException e) {
            return new Verdict.Untrusted("a checkpoint can't be believed: " + e.getMessage());
        }
        trusted.sort(Comparator.comparingLong(Checkpoint::size));
        var pass = new Pass(trusted);
        try (var leaves = history.leaves()) {
            var broken = leaves.map(pass::next).filter(Step.Broken.class::isInstance).findFirst();
            return broken.map(step -> ((Step.Broken) step).verdict()).orElseGet(pass::end);
        } catch (Export.Unreadable _) { // the next line isn't even an entry
            return new Verdict.Broken(Verdict.Kind.ALTERED, pass.tree.size(), pass.tree.size());
        }
    }

    private static Checkpoint believed(SignedNote note, VerifierKey key) {
        var checkpoint = Checkpoint.parse(note.text());
        if (!checkpoint.origin().equals(key.name())) {
            throw new IllegalArgumentException("it is of another ledger, " + checkpoint.origin());
        }
        if (!note.isSignedBy(key)) {
            throw new IllegalArgumentException("it isn't signed by " + key);
        }
        return checkpoint;
    }

    private sealed interface Step {
        record Fine() implements Step {}

        record Broken(Verdict verdict) implements Step {}
    }

    /// One pass over the leaves; the first thing wrong ends it.
    private static final class Pass {
        private static final Step FINE = new Step.Fine();

        private final List<Checkpoint> checkpoints;
        private final TreeHasher hasher = new TreeHasher();
        private final Frontier tree = new Frontier();
        private Bytes link = TreeHasher.firstLink();
        private int checked;
        private long signed;

        Pass(List<Checkpoint> checkpoints) {
            this.checkpoints = checkpoints;
        }

        Step next(LedgerStore.Indexed indexed) {
            if (contradicted()) { // of the empty tree, and of a repeated size, before anything is
                // added
                return rewritten();
            }
            long index = tree.size();
            var leaf = indexed.leaf();
            var hash = hasher.leaf(leaf.data());
            if (indexed.index() != index) {
                return broken(
                        indexed.index() > index ? Verdict.Kind.REMOVED : Verdict.Kind.MOVED, index);
            }
            if (!hash.equals(leaf.hash())) {
                return broken(Verdict.Kind.ALTERED, index);
            }
            link = hasher.link(link, hash);
            if (!link.equals(leaf.link())) {
                return broken(Verdict.Kind.MOVED, index);
            }
            tree.add(hash);
            return contradicted() ? rewritten() : FINE;
        }

        Verdict end() {
            if (contradicted()) {
                return rewrittenVerdict();
            }
            if (checked < checkpoints.size()) {
                long missing = checkpoints.getLast().size() - 1;
                return new Verdict.Broken(Verdict.Kind.REMOVED, tree.size(), missing);
            }
            return new Verdict.Whole(tree.size(), tree.root(), signed);
        }

        /// Looks at the checkpoints of the present size, and says whether one of them tells of another tree.
        private boolean contradicted() {
            while (checked < checkpoints.size() && checkpoints.get(checked).size() == tree.size()) {
                if (!checkpoints.get(checked).root().equals(tree.root())) {
                    return true;
                }
                signed = tree.size();
                checked++;
            }
            return false;
        }

        private Step rewritten() {
            return new Step.Broken(rewrittenVerdict());
        }

        private Verdict rewrittenVerdict() {
            long last = tree.size() - 1;
            return new Verdict.Broken(Verdict.Kind.REWRITTEN, Math.min(signed, last), last);
        }

        private static Step broken(Verdict.Kind kind, long index) {
            return new Step.Broken(new Verdict.Broken(kind, index, index));
        }
    }
}
