package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.SequenceNumbers;
import dev.pitcrew.runtime.Remembered.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A journal that remembers what the edge asks of the past: when the kill switch was tried, and which kills were taken
/// in from the spool, what the last start of day saw, and when the controller asked for one by itself.
final class Memory implements Journal {
    private static final String WHOLE_DESK = "*";

    private final Journal journal;
    private volatile Remembered past; // written by one thread at a time

    Memory(Journal journal) {
        this(journal, Remembered.NOTHING);
    }

    /// @param past what the journal will not tell again
    Memory(Journal journal, Remembered past) {
        this.journal = journal;
        this.past = past;
    }

    @Override
    public List<Event> replay() {
        var events = journal.replay();
        events.forEach(this::remember);
        return events;
    }

    @Override
    public void replay(Consumer<Event> action) {
        journal.replay(
                event -> {
                    remember(event);
                    action.accept(event);
                });
    }

    @Override
    public void append(List<Event> events) {
        journal.append(events);
        events.forEach(this::remember);
    }

    private void remember(Event event) {
        past = past.fold(event);
    }

    /// The numbers of FIX sessions that the last start of day saw, by service.
    Map<String, SequenceNumbers> sequences() {
        return past.sequences();
    }

    /// When the controller last asked for a start of day by itself; `Instant.MIN` when it never did.
    Instant opened() {
        return past.opened();
    }

    /// When the kill switch of a service was last seen to work; what is only claimed does not count.
    Optional<Instant> killTested(String service) {
        var own = Optional.ofNullable(past.tested().get(service));
        var whole = Optional.ofNullable(past.tested().get(WHOLE_DESK));
        return own.isEmpty() || whole.filter(at -> at.isAfter(own.get())).isPresent() ? whole : own;
    }

    /// Whether the ledger has this report of a kill or of its test already.
    boolean has(Event report) {
        return Report.of(report).filter(past.reports()::contains).isPresent();
    }
}
