package dev.pitcrew.market;

import dev.pitcrew.model.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// When one venue trades, laid out over all days that are known, so that a question costs a search in a sorted array.
///
/// Everything is from its beginning, inclusive, to its end, exclusive. Before the first known day and after the last one all is UNKNOWN.
public final class Calendar {
    private static final int DAYS_BEYOND =
            14; // so that what begins before the end of what is known ends as it does

    private final VenueRules rules;
    private final Digest version;
    private final List<TradingSession> sessions;
    private final Timeline timeline;
    private final long[] opens;
    private final long[] closes;
    private final List<Freeze> freezes;
    private final long knownFrom;
    private final long unknownFrom;

    private Calendar(VenueRules rules, List<TradingSession> all) {
        this.rules = rules;
        this.version = Digest.of(rules.text().getBytes(StandardCharsets.UTF_8));
        this.sessions = all.stream().filter(one -> !one.date().isAfter(rules.through())).toList();
        this.timeline = Timeline.of(rules, all);
        this.freezes = Days.freezes(rules, rules.from().minusYears(1), rules.through());
        var first = new ClockTime(0, false).epochSecond(rules.from(), rules.zone().getRules());
        this.knownFrom =
                sessions.isEmpty()
                        ? first
                        : Math.min(first, sessions.getFirst().open().getEpochSecond());
        this.unknownFrom = Days.unknownFrom(rules);
        var starts = new ArrayList<Long>();
        var ends = new ArrayList<Long>();
        for (var session : all) {
            long start = session.open().getEpochSecond();
            for (var pause : session.breaks()) {
                join(starts, ends, start, pause.start().getEpochSecond());
                start = pause.end().getEpochSecond();
            }
            join(starts, ends, start, session.close().getEpochSecond());
        }
        this.opens = starts.stream().mapToLong(Long::longValue).toArray();
        this.closes = ends.stream().mapToLong(Long::longValue).toArray();
    }

    /// @throws OverlappingSessions when a session begins before the one before it has ended
    static Calendar of(VenueRules rules) {
        var all = Days.sessions(rules, rules.from(), rules.through().plusDays(DAYS_BEYOND));
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).open().isBefore(all.get(i - 1).close())) {
                throw new OverlappingSessions(all.get(i - 1).date(), all.get(i).date());
            }
        }
        return new Calendar(rules, all);
    }

    /// Two sessions of one venue can't both be right.
    static final class OverlappingSessions extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        OverlappingSessions(LocalDate one, LocalDate other) {
            super(
                    "the session of %s begins before that of %s has ended; give one of them other hours"
                            .formatted(other, one));
        }
    }

    /// Where one ends as the next begins, nothing closes.
    private static void join(List<Long> starts, List<Long> ends, long start, long end) {
        if (!ends.isEmpty() && ends.getLast() == start) {
            ends.set(ends.size() - 1, end);
        } else {
            starts.add(start);
            ends.add(end);
        }
    }

    /// Such as `XNYS`.
    public String name() {
        return rules.name();
    }

    /// For people.
    public String title() {
        return rules.title();
    }

    public ZoneId zone() {
        return rules.zone();
    }

    /// The first day that is known.
    public LocalDate knownFrom() {
        return rules.from();
    }

    /// The last day that is known.
    public LocalDate knownThrough() {
        return rules.through();
    }

    /// SHA-256 of what the calendar was read from: another one where any line differs.
    public Digest version() {
        return version;
    }

    /// What the venue does at a moment.
    public Phase phase(Instant at) {
        long time = at.getEpochSecond();
        return time < knownFrom || time >= unknownFrom ? Phase.UNKNOWN : timeline.at(time);
    }

    /// The sessions that count for some days.
    ///
    /// @param from inclusive
    /// @param to inclusive
    public List<TradingSession> sessions(LocalDate from, LocalDate to) {
        return sessions.stream()
                .filter(one -> !one.date().isBefore(from) && !one.date().isAfter(to))
                .toList();
    }

    /// The session underway, breaks included; empty between sessions.
    public Optional<TradingSession> session(Instant at) {
        int low = 0;
        int high = sessions.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            var session = sessions.get(middle);
            if (at.isBefore(session.open())) {
                high = middle - 1;
            } else if (!at.isBefore(session.close())) {
                low = middle + 1;
            } else {
                return phase(at) == Phase.UNKNOWN ? Optional.empty() : Optional.of(session);
            }
        }
        return Optional.empty();
    }

    /// When the session underway ends, else the one that begins next, breaks included. Empty when that is not known.
    public Optional<Instant> sessionEnd(Instant after) {
        return session(after)
                .or(() -> phase(after) == Phase.UNKNOWN ? Optional.empty() : nextSession(after))
                .map(TradingSession::close);
    }

    private Optional<TradingSession> nextSession(Instant after) {
        return nextOpen(after).flatMap(this::session);
    }

    /// When trading begins next, strictly after a moment; the end of a break counts. Empty when that is not known.
    public Optional<Instant> nextOpen(Instant after) {
        return next(opens, after);
    }

    /// When trading ends next, strictly after a moment; the beginning of a break counts. Empty when that is not known.
    public Optional<Instant> nextClose(Instant after) {
        return next(closes, after);
    }

    private Optional<Instant> next(long[] times, Instant after) {
        long time = after.getEpochSecond();
        int found = Arrays.binarySearch(times, time);
        int next = found >= 0 ? found + 1 : -found - 1;
        boolean isKnown = time >= knownFrom && next < times.length && times[next] < unknownFrom;
        return isKnown ? Optional.of(Instant.ofEpochSecond(times[next])) : Optional.empty();
    }

    /// The freeze in force.
    public Optional<Freeze> freeze(Instant at) {
        return freezes.stream().filter(one -> one.covers(at)).findFirst();
    }

    List<Freeze> freezes() {
        return freezes;
    }

    /// Opens and closes alike, in a span, in no order.
    long[] edges(long from, long to) {
        return LongStream.concat(
                        Arrays.stream(opens, lower(opens, from), lower(opens, to)),
                        Arrays.stream(closes, lower(closes, from), lower(closes, to)))
                .toArray();
    }

    private static int lower(long[] times, long time) {
        int found = Arrays.binarySearch(times, time);
        return found >= 0 ? found : -found - 1;
    }

    List<long[]> runs(Set<Phase> wanted, long from, long to) {
        return timeline.runs(wanted, from, to);
    }

    long knownFromSecond() {
        return knownFrom;
    }

    long unknownFromSecond() {
        return unknownFrom;
    }
}
