package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.Journal;
import java.util.ArrayList;
import java.util.List;

/// A journal that survives the controller, and now and then can't be written.
final class FakeJournal implements Journal {
    /// The controller died while it appended.
    static final class ControllerDied extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final List<Event> events = new ArrayList<>();
    private final Chance chance;
    private int fullFor;

    FakeJournal(Chance chance) {
        this.chance = chance;
    }

    @Override
    public List<Event> replay() {
        return List.copyOf(events);
    }

    @Override
    public void append(List<Event> batch) {
        if (fullFor == 0 && chance.strikes(Fault.DISK_FULL, 60)) {
            fullFor = 50;
        }
        if (fullFor > 0) {
            fullFor--;
            throw new OperationFailed(OperationFailed.Code.DISK_FULL, "the disk is full", null);
        }
        if (chance.strikes(Fault.CONTROLLER_DIES_BEFORE_APPEND, 30)) {
            throw new ControllerDied();
        }
        if (chance.strikes(Fault.TORN_WRITE, 30)) {
            throw new ControllerDied(); // a batch is all or nothing, so a torn one is nothing
        }
        events.addAll(batch);
        if (chance.strikes(Fault.CONTROLLER_DIES_AFTER_APPEND, 30)) {
            throw new ControllerDied();
        }
    }

    /// An older copy is restored, as far back as what it forgets can still be found out: tokens, and how far a course came.
    ///
    /// @return whether anything was forgotten
    boolean restore(int forgotten) {
        var before = events.size();
        for (int i = 0;
                i < forgotten && !events.isEmpty() && Restorable.isRestorable(events.getLast());
                i++) {
            events.removeLast();
        }
        return events.size() < before;
    }
}
