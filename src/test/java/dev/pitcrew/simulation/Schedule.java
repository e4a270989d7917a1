package dev.pitcrew.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Virtual time: what is due next happens next, and between two things no time passes.
final class Schedule {
    private record Due(Instant at, long order, Runnable what) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private Instant now = Instant.parse("2026-11-23T14:00:00Z");
    private long order;

    Instant now() {
        return now;
    }

    void after(Duration delay, Runnable what) {
        queue.add(new Due(now.plus(delay), order++, what));
    }

    void afterMillis(long millis, Runnable what) {
        after(Duration.ofMillis(millis), what);
    }

    /// Runs everything that is due before the end, and then `each` after every single thing.
    void runUntil(Instant end, Runnable each) {
        while (!queue.isEmpty() && queue.peek().at().isBefore(end)) {
            var due = queue.remove();
            now = due.at();
            due.what().run();
            each.run();
        }
        now = end;
    }
}
