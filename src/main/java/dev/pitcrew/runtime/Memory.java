package dev.pitcrew.runtime;

import dev.pitcrew.deploy.DeskEvent.KillTested;
import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.deploy.DeskEvent.OpenChecked;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.SequenceNumbers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A journal that remembers what the edge asks of the past: when the kill switch was tried, and which kills were taken
/// in from the spool, what the last start of day saw, and when the controller asked for one by itself.
final class Memory implements Journal {
    private static final String WHOLE_DESK = "*";

    private final Journal journal;
    private final Map<String, Instant> tested = new ConcurrentHashMap<>();
    private volatile Map<String, SequenceNumbers> sequences = Map.of();
    private volatile Instant opened = Instant.MIN;
    private final Set<Report> reports = ConcurrentHashMap.newKeySet();

    /// What tells one report of a kill or of its test from all others.
    private record Report(Class<?> type, Instant at, String service, String by) {
        static Optional<Report> of(Event event) {
            return switch (event) {
                case Killed one when one.spooled() ->
                        Optional.of(new Report(Killed.class, one.at(), one.service(), one.by()));
                case KillTested one ->
                        Optional.of(
                                new Report(KillTested.class, one.at(), one.service(), one.by()));
                default -> Optional.empty();
            };
        }
    }

    Memory(Journal journal) {
        this.journal = journal;
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
        if (event instanceof KillTested one && KillCheck.isSeen(one)) {
            tested.merge(one.service(), one.at(), (a, b) -> a.isAfter(b) ? a : b);
        }
        if (event instanceof OpenChecked one) {
            sequences = one.sequences();
            opened = one.by().isEmpty() ? one.at() : opened;
        }
        Report.of(event).ifPresent(reports::add);
    }

    /// The numbers of FIX sessions that the last start of day saw, by service.
    Map<String, SequenceNumbers> sequences() {
        return sequences;
    }

    /// When the controller last asked for a start of day by itself; `Instant.MIN` when it never did.
    Instant opened() {
        return opened;
    }

    /// When the kill switch of a service was last seen to work; what is only claimed does not count.
    Optional<Instant> killTested(String service) {
        var own = Optional.ofNullable(tested.get(service));
        var whole = Optional.ofNullable(tested.get(WHOLE_DESK));
        return own.isEmpty() || whole.filter(at -> at.isAfter(own.get())).isPresent() ? whole : own;
    }

    /// Whether the ledger has this report of a kill or of its test already.
    boolean has(Event report) {
        return Report.of(report).filter(reports::contains).isPresent();
    }
}
