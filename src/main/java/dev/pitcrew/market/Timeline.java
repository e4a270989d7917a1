package dev.pitcrew.market;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The phases of a venue as they follow each other, in arrays that a lookup halves. Times are seconds since 1970 UTC.
final class Timeline {
    private static final int SECONDS_A_MINUTE = 60;

    private final VenueRules venue;
    private long[] times = new long[64];
    private Phase[] phases = new Phase[64];
    private int size;

    private Timeline(VenueRules venue) {
        this.venue = venue;
    }

    /// @param sessions sorted and disjoint
    static Timeline of(VenueRules venue, List<TradingSession> sessions) {
        var line = new Timeline(venue);
        line.times[0] = Long.MIN_VALUE;
        line.phases[0] = Phase.CLOSED;
        line.size = 1;
        long closed = Long.MIN_VALUE;
        for (var session : sessions) {
            line.add(session, closed);
            closed = session.close().getEpochSecond();
        }
        return line;
    }

    private void add(TradingSession session, long closedBefore) {
        var open = session.open().getEpochSecond();
        var close = session.close().getEpochSecond();
        var arounds = venue.arounds().stream().filter(one -> one.isFor(session.date())).toList();
        arounds.stream()
                .filter(one -> one.edge() == Around.Edge.BEFORE_OPEN)
                .sorted((a, b) -> Integer.compare(b.minutes(), a.minutes()))
                .forEach(one -> push(Math.max(closedBefore, open - seconds(one)), one.phase()));
        push(open, Phase.OPEN);
        for (var pause : session.breaks()) {
            push(pause.start().getEpochSecond(), Phase.BREAK);
            push(pause.end().getEpochSecond(), Phase.OPEN);
        }
        arounds.stream()
                .filter(one -> one.edge() == Around.Edge.BEFORE_CLOSE)
                .forEach(one -> push(Math.max(open, close - seconds(one)), one.phase()));
        long begin = close;
        for (var one :
                arounds.stream()
                        .filter(one -> one.edge() == Around.Edge.AFTER_CLOSE)
                        .sorted((a, b) -> Integer.compare(a.minutes(), b.minutes()))
                        .toList()) {
            push(begin, one.phase());
            begin = close + seconds(one);
        }
        push(begin, Phase.CLOSED);
    }

    private static long seconds(Around around) {
        return (long) around.minutes() * SECONDS_A_MINUTE;
    }

    /// From this time on it is this phase; what began at it or later no longer does.
    private void push(long time, Phase phase) {
        while (times[size - 1] >= time && size > 1) {
            size--;
        }
        if (phases[size - 1] == phase) {
            return;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            phases = Arrays.copyOf(phases, size * 2);
        }
        times[size] = time;
        phases[size] = phase;
        size++;
    }

    Phase at(long time) {
        int found = Arrays.binarySearch(times, 0, size, time);
        return phases[found >= 0 ? found : -found - 2];
    }

    /// When the venue is in one of some phases.
    ///
    /// @return pairs of beginning and end, sorted, that overlap the span
    List<long[]> runs(Set<Phase> wanted, long from, long to) {
        int found = Arrays.binarySearch(times, 0, size, from);
        var runs = new ArrayList<long[]>();
        for (int i = found >= 0 ? found : -found - 2; i < size && times[i] < to; i++) {
            if (wanted.contains(phases[i])) {
                runs.add(new long[] {times[i], i + 1 < size ? times[i + 1] : Long.MAX_VALUE});
            }
        }
        return runs;
    }
}
