package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.Journal;
import dev.pitcrew.runtime.LedgerJournal;
import java.util.ArrayList;
import java.util.List;

/// The production journal and ledger over the store of the tests. It survives the controller, and now and then it can't be written.
final class FakeJournal implements Journal {
    /// The controller died while it appended.
    static final class ControllerDied extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final SigningKey KEY = Samples.key();
    private static final int FULL_FOR = 50; // appends

    final List<Event> events = new ArrayList<>(); // all that is durable
    private final Chance chance;
    private TestingStore store = new TestingStore();
    private LedgerJournal journal;
    private int fullFor;
    private boolean isTorn;

    FakeJournal(Chance chance) {
        this.chance = chance;
        journal = opened();
    }

    private LedgerJournal opened() {
        return new LedgerJournal(Ledger.open(store, KEY));
    }

    @Override
    public List<Event> replay() {
        journal = opened();
        isTorn = false;
        var replayed = journal.replay();
        Invariant.REPLAYS.require(replayed.equals(events), "the ledger holds something else");
        return replayed;
    }

    /// Whether the ledger holds what its writer was told it does not, so that only a restart helps.
    boolean isTorn() {
        return isTorn;
    }

    @Override
    public void append(List<Event> batch) {
        if (fullFor == 0 && chance.strikes(Fault.DISK_FULL, 60)) {
            fullFor = FULL_FOR;
            store.fullAt(store.size());
        } else if (fullFor > 0 && --fullFor == 0) {
            store.fullAt(Long.MAX_VALUE);
        }
        if (chance.strikes(Fault.CONTROLLER_DIES_BEFORE_APPEND, 30)) {
            throw new ControllerDied();
        }
        var isTorn = fullFor == 0 && !this.isTorn && chance.strikes(Fault.TORN_WRITE, 30);
        if (isTorn) {
            tear(batch);
        }
        journal.append(batch);
        events.addAll(batch);
        if (chance.strikes(Fault.CONTROLLER_DIES_AFTER_APPEND, 30)) {
            throw new ControllerDied();
        }
    }

    /// The writer learns only that it failed, whether or not the batch is there: a batch is all or nothing.
    private void tear(List<Event> batch) {
        isTorn = chance.below(2) == 0;
        if (isTorn) {
            store.tearNext();
            events.addAll(batch);
        } else {
            store.failNext(OperationFailed.Code.LEDGER_UNAVAILABLE);
        }
    }

    /// An older copy is restored, as far back as what it forgets can still be found out: tokens, and how far a course came.
    ///
    /// @return what was forgotten, the latest first
    List<Event> restore(int atMost) {
        var forgotten = new ArrayList<Event>();
        while (forgotten.size() < atMost
                && !events.isEmpty()
                && Restorable.isRestorable(events.getLast())) {
            forgotten.add(events.removeLast());
        }
        store = store.copy(events.size());
        return forgotten;
    }
}
