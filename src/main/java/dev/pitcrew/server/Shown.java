package dev.pitcrew.server;

import dev.pitcrew.app.Marks;
import dev.pitcrew.app.Stories;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.server.Counts.Counted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the faces show of the past: folds over the ledger, which change in place. For one thread at a time.
final class Shown {
    private static final String START_OF_DAY = "desk.open";
    private static final String ALARM = "desk.alarm";
    private static final String OPERATOR = "desk.operator";
    private static final int CHANGES_KEPT = 10;

    final Stories stories;
    final Counts counts;
    private final Deque<Long> operatorChanges; // entries, the last one first
    private Marks marks;
    private KnownOperators known;
    private long startOfDay; // the last entry about one
    private long alarm; // the last entry about one

    /// The same as it is kept.
    record Kept(
            Stories.All stories,
            Map<Counted, Long> counts,
            Marks marks,
            KnownOperators known,
            List<Long> operatorChanges,
            long startOfDay,
            long alarm) {
        /// Nothing happened yet.
        static final Kept NOTHING =
                new Kept(
                        new Stories.All(List.of()),
                        Map.of(),
                        Marks.NONE,
                        KnownOperators.NONE,
                        List.of(),
                        -1,
                        -1);
    }

    Shown(Kept kept) {
        stories = Stories.of(kept.stories());
        counts = new Counts(kept.counts());
        marks = kept.marks();
        known = kept.known();
        operatorChanges = new ArrayDeque<>(kept.operatorChanges());
        startOfDay = kept.startOfDay();
        alarm = kept.alarm();
    }

    Kept kept() {
        return new Kept(
                stories.kept(), counts.kept(), marks, known, operatorChanges(), startOfDay, alarm);
    }

    /// Takes an entry in.
    ///
    /// @param event that it is; empty when it is none
    void hear(Entry entry, Optional<Event> event) {
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
        event.ifPresent(
                one -> {
                    marks = marks.fold(one);
                    known = known.fold(one);
                    stories.hear(one);
                    counts.hear(one);
                });
    }

    Marks marks() {
        return marks;
    }

    KnownOperators known() {
        return known;
    }

    List<Long> operatorChanges() {
        return List.copyOf(operatorChanges);
    }

    /// The last entry about a start of day; -1 when there is none.
    long startOfDay() {
        return startOfDay;
    }

    /// The last entry about an alarm; -1 when there is none.
    long alarm() {
        return alarm;
    }
}
