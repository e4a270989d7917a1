package dev.pitcrew.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

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
        return verify(history, history.key(), kept);
    }

    /// By a key that the verifier knows from elsewhere: whoever makes up a whole history signs it with a key of his own.
    ///
    /// @param key what the checkpoints must be signed by, and what the history must say that they are
    public static Verdict verify(History history, VerifierKey key, List<SignedNote> kept) {
        if (!history.key().equals(key)) {
            return new Verdict.Untrusted(
                    "it says that %s signs it, and not %s".formatted(history.key(), key));
        }
        var trusted = new ArrayList<Checkpoint>();
        try {
            for (var text : history.checkpoints()) {
                trusted.add(believed(SignedNote.parse(text), key));
            }
            for (var note : kept) {
                trusted.add(believed(note, key));
            }
        } catch (IllegalArgumentException e) {
            return new Verdict.Untrusted("a checkpoint can't be believed: " + e.getMessage());
        }
        trusted.sort(Comparator.comparingLong(Checkpoint::size));
        var pass = new Pass(trusted);
        try (var leaves = history.leaves()) {
            for (var rest = leaves.iterator(); rest.hasNext(); ) {
                var broken = pass.next(rest.next(), rest);
                if (broken.isPresent()) {
                    return broken.get();
                }
            }
            return pass.end();
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

    /// One pass over the leaves; the first thing wrong ends it.
    private static final class Pass {
        private final List<Checkpoint> checkpoints;
        private final TreeHasher hasher = new TreeHasher();
        private final Frontier tree = new Frontier();
        private Bytes link = TreeHasher.firstLink();
        private int checked;
        private long signed;

        Pass(List<Checkpoint> checkpoints) {
            this.checkpoints = checkpoints;
        }

        /// @param rest what follows; read only to tell what happened to an entry that isn't here
        /// @return what is wrong; empty when nothing is
        Optional<Verdict> next(LedgerStore.Indexed indexed, Iterator<LedgerStore.Indexed> rest) {
            if (contradicted()) { // of the empty tree, and of a repeated size, before it grows
                return Optional.of(rewritten());
            }
            long index = tree.size();
            var leaf = indexed.leaf();
            var hash = hasher.leaf(leaf.data());
            if (indexed.index() == index && !hash.equals(leaf.hash())) {
                return broken(Verdict.Kind.ALTERED, index);
            }
            var next = hasher.link(link, hash);
            if (indexed.index() != index || !next.equals(leaf.link())) {
                return broken(isAmong(rest) ? Verdict.Kind.REORDERED : gone(indexed), index);
            }
            link = next;
            tree.add(hash);
            return contradicted() ? Optional.of(rewritten()) : Optional.empty();
        }

        private Verdict.Kind gone(LedgerStore.Indexed instead) {
            return instead.index() > tree.size() ? Verdict.Kind.REMOVED : Verdict.Kind.REPLACED;
        }

        /// Whether the entry that belongs here comes later: only its link continues ours.
        private boolean isAmong(Iterator<LedgerStore.Indexed> rest) {
            try {
                while (rest.hasNext()) {
                    var leaf = rest.next().leaf();
                    if (hasher.link(link, leaf.hash()).equals(leaf.link())) {
                        return true;
                    }
                }
            } catch (Export.Unreadable _) {
                // What is beyond reading is lost, and something is wrong here anyhow.
            }
            return false;
        }

        Verdict end() {
            if (contradicted()) {
                return rewritten();
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

        private Verdict rewritten() {
            long last = tree.size() - 1;
            return new Verdict.Broken(Verdict.Kind.REWRITTEN, Math.min(signed, last), last);
        }

        private static Optional<Verdict> broken(Verdict.Kind kind, long index) {
            return Optional.of(new Verdict.Broken(kind, index, index));
        }
    }
}
