package dev.pitcrew.server;

import dev.pitcrew.app.DeskPicture;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.Marks;
import dev.pitcrew.app.RolloutView;
import dev.pitcrew.app.StatusView;
import dev.pitcrew.app.Unwitnessed;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.VerdictPicture;
import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.NoteSignature;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.LedgerJournal;
import dev.pitcrew.runtime.Recollection;
import dev.pitcrew.runtime.Recollection.Recalled;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// What of a controller is shown, to programs and to people alike: folds over its ledger, and what was observed last.
final class Views {
    private static final int MANY = 1_000; // entries; so many are read some pages ahead

    private final Room room;
    private final Operators operators;
    private final LedgerJournal journal;
    private final Recollection recollection;
    private final Shown shown; // guarded by this, as is what follows
    private long folded; // entries folded into it

    Views(Room room, Operators operators) {
        this.room = room;
        this.operators = operators;
        this.journal = new LedgerJournal(room.ledger());
        this.recollection = room.recollection();
        var kept = recollection.recall(Recollection.SHOWN, Shown.Kept.class);
        shown = new Shown(kept.map(Recalled::state).orElse(Shown.Kept.NOTHING));
        folded = kept.map(Recalled::size).orElse(0L);
    }

    /// An entry, with the proof that it is in the ledger.
    ///
    /// @param key by which the log's signature is checked
    /// @param size of the ledger as it was signed
    /// @param root of the tree over so many entries
    /// @param signedBy who signed that, the log first, then witnesses
    /// @param proof the file to hand an auditor
    record Proved(
            Told entry, String key, long size, String root, List<String> signedBy, String proof) {
        public Proved {
            signedBy = List.copyOf(signedBy);
        }
    }

    DeskStatus status() {
        var controller = room.status().get();
        return new StatusView(
                        room.system(),
                        room.environment(),
                        room.loop().desk(),
                        room.facts().get(),
                        marks(),
                        controller.uses(),
                        controller.hosts())
                .status(
                        new DeskStatus.Controller(
                                ProcessHandle.current().pid(),
                                controller.objection().or(controller::trouble).orElse(""),
                                controller.leads()),
                        new DeskStatus.Ledger(
                                controller.entries(),
                                unwitnessed(controller.witnesses().values()),
                                controller.past()),
                        controller.unknownInstances(),
                        operatorLines());
    }

    DeskPicture picture(DeskStatus status) {
        return DeskPicture.of(room.system(), status, room.facts().get());
    }

    synchronized List<RolloutView> rollouts() {
        foldIfReadable();
        return shown.stories.views(
                room.system(), room.environment(), room.loop().desk(), room.facts().get());
    }

    synchronized List<VerdictPicture> verdicts(String rollout) {
        foldIfReadable();
        return shown.stories.verdicts(room.system(), rollout);
    }

    synchronized String metrics() {
        foldIfReadable();
        return Metrics.text(room, shown.counts, status(), rollouts());
    }

    /// The last start of day that the ledger tells of, and the alarm that was raised because of it, if one was.
    List<Told> startOfDay() {
        long index;
        long raised;
        synchronized (this) {
            foldIfReadable();
            index = shown.startOfDay();
            raised = shown.alarm();
        }
        return index < 0
                ? List.of()
                : Stream.of(index, raised)
                        .filter(one -> one >= index)
                        .flatMap(one -> entries(one, 1).stream())
                        .toList();
    }

    /// The last entries about who became an operator, or is none any more; the newest first.
    List<Told> operatorChanges() {
        List<Long> indexes;
        synchronized (this) {
            foldIfReadable();
            indexes = shown.operatorChanges();
        }
        return indexes.stream().flatMap(one -> entries(one, 1).stream()).toList();
    }

    /// Entries from an index on.
    List<Told> entries(long from, int count) {
        try (var entries = room.ledger().entries(Math.max(0, from))) {
            return entries.limit(count).map(journal::opened).map(Told::of).toList();
        }
    }

    long size() {
        return room.ledger().size();
    }

    /// @throws Refusal when there is no such entry
    Proved proved(long index) {
        Ledger ledger = room.ledger();
        if (index >= ledger.size()) {
            throw new Refusal(
                    404, "no-such-entry", "the ledger has no entry " + index, "it counts from 0");
        }
        var proof = ledger.inclusion(index);
        var tree = Checkpoint.parse(proof.checkpoint().text());
        return new Proved(
                entries(index, 1).getFirst(),
                ledger.verifier().toString(),
                tree.size(),
                tree.root().base64(),
                proof.checkpoint().signatures().stream().map(NoteSignature::name).toList(),
                proof.toString());
    }

    private List<DeskStatus.Operator> operatorLines() {
        var known = lastKnown();
        return operators.listed().stream()
                .map(one -> new DeskStatus.Operator(one.name(), one.by(), known.has(one)))
                .toList();
    }

    /// As far as they are known, when the ledger can't be read now.
    private synchronized Marks marks() {
        foldIfReadable();
        return shown.marks();
    }

    /// What the ledger has yet to learn of who may ask.
    synchronized List<Event> unseenOperators(Instant at) {
        fold();
        return shown.known().unseen(operators.listed(), at);
    }

    private synchronized KnownOperators lastKnown() {
        foldIfReadable();
        return shown.known();
    }

    private synchronized void foldIfReadable() {
        try {
            fold();
        } catch (OperationFailed e) {
            if (e.code() != OperationFailed.Code.LEDGER_UNAVAILABLE) {
                throw e;
            }
        }
    }

    private String unwitnessed(Collection<WitnessState> witnesses) {
        try {
            return Unwitnessed.since(room.ledger(), witnesses);
        } catch (OperationFailed e) {
            if (e.code() != OperationFailed.Code.LEDGER_UNAVAILABLE) {
                throw e;
            }
            return "unknown while the ledger can't be read";
        }
    }

    /// Folds what it has not yet, so that whoever asks first need not wait for it.
    void catchUp() {
        foldIfReadable();
    }

    private synchronized void fold() {
        if (room.ledger().size() - folded >= MANY) {
            journal.replay(folded, this::fold);
        } else {
            try (var entries = room.ledger().entries(folded)) {
                entries.forEach(entry -> fold(new LedgerJournal.Told(entry, journal.event(entry))));
            }
        }
        if (recollection.isDue(Recollection.SHOWN, folded)) {
            recollection.keep(Recollection.SHOWN, folded, shown.kept());
        }
    }

    private synchronized void fold(LedgerJournal.Told told) {
        shown.hear(told.entry(), told.event());
        folded = told.entry().index() + 1;
    }
}
