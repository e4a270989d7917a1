package dev.pitcrew.server;

import dev.pitcrew.app.DeskPicture;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.Marks;
import dev.pitcrew.app.RolloutView;
import dev.pitcrew.app.StatusView;
import dev.pitcrew.app.Stories;
import dev.pitcrew.app.Unwitnessed;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.VerdictPicture;
import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.NoteSignature;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.LedgerJournal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/// What of a controller is shown, to programs and to people alike: folds over its ledger, and what was observed last.
final class Views {
    private static final String START_OF_DAY = "desk.open";
    private static final String ALARM = "desk.alarm";
    private static final String OPERATOR = "desk.operator";
    private static final int CHANGES_KEPT = 10;

    private final Room room;
    private final Operators operators;
    private final LedgerJournal journal;
    private final Stories stories = new Stories(); // guarded by this, as is all below
    private final Counts counts = new Counts();
    private Marks marks = Marks.NONE;
    private KnownOperators known = KnownOperators.NONE;
    private long startOfDay = -1; // the last entry about one
    private long alarm = -1; // the last entry about one
    private final Deque<Long> operatorChanges = new ArrayDeque<>(); // entries, the last one first
    private long folded; // entries folded into them

    Views(Room room, Operators operators) {
        this.room = room;
        this.operators = operators;
        this.journal = new LedgerJournal(room.ledger());
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
                        marks())
                .status(
                        new DeskStatus.Controller(
                                ProcessHandle.current().pid(),
                                controller.objection().or(controller::trouble).orElse(""),
                                controller.leads()),
                        new DeskStatus.Ledger(
                                controller.entries(), unwitnessed(controller.witnesses().values())),
                        controller.unknownInstances(),
                        operatorLines());
    }

    DeskPicture picture(DeskStatus status) {
        return DeskPicture.of(room.system(), status, room.facts().get());
    }

    synchronized List<RolloutView> rollouts() {
        foldIfReadable();
        return stories.views(
                room.system(), room.environment(), room.loop().desk(), room.facts().get());
    }

    synchronized List<VerdictPicture> verdicts(String rollout) {
        foldIfReadable();
        return stories.verdicts(room.system(), rollout);
    }

    synchronized String metrics() {
        foldIfReadable();
        return Metrics.text(room, counts, status(), rollouts());
    }

    /// The last start of day that the ledger tells of, and the alarm that was raised because of it, if one was.
    List<Told> startOfDay() {
        long index;
        long raised;
        synchronized (this) {
            foldIfReadable();
            index = startOfDay;
            raised = alarm;
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
            indexes = List.copyOf(operatorChanges);
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
        return marks;
    }

    /// What the ledger has yet to learn of who may ask.
    synchronized List<Event> unseenOperators(Instant at) {
        fold();
        return known.unseen(operators.listed(), at);
    }

    private synchronized KnownOperators lastKnown() {
        foldIfReadable();
        return known;
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

    private synchronized void fold() {
        try (var entries = room.ledger().entries(folded)) {
            entries.forEach(
                    entry -> {
                        fold(entry);
                        folded = entry.index() + 1;
                    });
        }
    }

    private synchronized void fold(Entry entry) {
        var type = entry.type().toString();
        if (type.startsWith(START_OF_DAY)) {
            startOfDay = entry.index();
        } else if (type.startsWith(ALARM)) {
            alarm = entry.index();
        } else if (type.startsWith(OPERATOR)) {
            operatorChanges.addFirst(entry.index());
            if (operatorChanges.size() > CHANGES_KEPT) {
                operatorChanges.removeLast();
            }
        }
        journal.event(entry)
                .ifPresent(
                        event -> {
                            marks = marks.fold(event);
                            known = known.fold(event);
                            stories.hear(event);
                            counts.hear(event);
                        });
    }
}
