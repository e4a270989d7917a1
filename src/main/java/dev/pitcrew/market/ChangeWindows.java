package dev.pitcrew.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the windows in which a system that trades at some venues may be changed.
///
/// Without a margin these are the times in which none of them trades. With one these are the times in which none of them is within the margin
/// of an open or a close: outside of sessions, and in the midst of them as well, since for who trades around the clock there is nothing
/// else. Auctions, freezes and what is not known are never part of a window.
///
/// @param length the shortest window that counts, above zero
/// @param clear how far from every open and close; empty: only that none trades
/// @param isClosedOnly with a margin: none trades either
public record ChangeWindows(
        List<Calendar> venues, Duration length, Optional<Duration> clear, boolean isClosedOnly) {
    private static final Set<Phase> TRADING = EnumSet.of(Phase.OPEN, Phase.AUCTION);
    private static final Set<Phase> AUCTION = EnumSet.of(Phase.AUCTION);

    public ChangeWindows {
        venues = List.copyOf(venues);
        if (venues.isEmpty()
                || !length.isPositive()
                || clear.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException(
                    "windows need a venue, a length above zero and no margin below it");
        }
    }

    /// @param start inclusive
    /// @param end exclusive; the end of what was looked at, or of what is known, ends it too
    /// @param trading the venues that trade during all of it
    public record Window(Instant start, Instant end, List<String> trading) {
        public Window {
            trading = List.copyOf(trading);
        }
    }

    /// The first windows from a moment on; one that has begun before is cut.
    ///
    /// @param most how many; fewer where the span holds no more, or no more are known
    /// @param until how far it looks
    public List<Window> from(Instant begin, Instant until, int most) {
        long from =
                Math.max(
                        ceiling(begin),
                        venues.stream().mapToLong(Calendar::knownFromSecond).max().orElseThrow());
        long to =
                Math.min(
                        until.getEpochSecond(),
                        venues.stream().mapToLong(Calendar::unknownFromSecond).min().orElseThrow());
        var windows = new ArrayList<Window>();
        long free = from;
        for (var busy : busy(from, to)) {
            add(windows, free, busy[0]);
            free = Math.max(free, busy[1]);
        }
        add(windows, free, to);
        return List.copyOf(windows.subList(0, Math.min(most, windows.size())));
    }

    private static long ceiling(Instant at) {
        return at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0);
    }

    private void add(List<Window> windows, long start, long end) {
        if (end - start >= length.toSeconds()) {
            var at = Instant.ofEpochSecond(start);
            var trading =
                    venues.stream()
                            .filter(one -> one.phase(at).isTrading())
                            .map(Calendar::name)
                            .toList();
            windows.add(new Window(at, Instant.ofEpochSecond(end), trading));
        }
    }

    /// @return pairs of beginning and end, by their beginning
    private List<long[]> busy(long from, long to) {
        var busy = new ArrayList<long[]>();
        for (var venue : venues) {
            for (var freeze : venue.freezes()) {
                busy.add(
                        new long[] {
                            freeze.start().getEpochSecond(), freeze.end().getEpochSecond()
                        });
            }
            var neverFree = clear.isEmpty() || isClosedOnly ? TRADING : AUCTION;
            busy.addAll(venue.runs(neverFree, from, to));
            clear.map(Duration::toSeconds)
                    .ifPresent(
                            margin -> {
                                for (long edge : venue.edges(from - margin, to + margin)) {
                                    busy.add(new long[] {edge - margin, edge + margin});
                                }
                            });
        }
        busy.removeIf(one -> one[1] <= from || one[0] >= to);
        busy.sort(Comparator.comparingLong(one -> one[0]));
        return busy;
    }
}
