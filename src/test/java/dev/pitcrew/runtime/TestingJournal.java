package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.OperationFailed;
import java.util.ArrayList;
import java.util.List;

/// A journal in memory, which can be [full][#full].
final class TestingJournal implements Journal {
    private final List<Event> events = new ArrayList<>();
    private boolean isFull;

    TestingJournal(Event... events) {
        this.events.addAll(List.of(events));
    }

    /// From now on nothing can be appended.
    void full() {
        isFull = true;
    }

    /// There is room again.
    void roomy() {
        isFull = false;
    }

    @Override
    public List<Event> replay() {
        return List.copyOf(events);
    }

    @Override
    public void append(List<Event> more) {
        if (isFull) {
            throw new OperationFailed(OperationFailed.Code.DISK_FULL, "the disk is full", null);
        }
        events.addAll(more);
    }
}
