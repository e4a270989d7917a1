package dev.pitcrew.deploy;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Two independent accounts of the same orders and positions.
///
/// @param ours by instrument, as the service's own store has it
/// @param theirs by instrument, as the other source has it, such as the drop copy
public record Books(Map<String, Holding> ours, Map<String, Holding> theirs) {
    /// @param open open orders
    /// @param position net quantity
    public record Holding(long open, long position) {
        static final Holding NONE = new Holding(0, 0);
    }

    public Books {
        ours = Map.copyOf(ours);
        theirs = Map.copyOf(theirs);
    }

    /// Instruments on which the two differ, as `AAA open 3 and 2, position 100 and 100`; empty when they agree.
    public SortedMap<String, String> differences() {
        var found = new TreeMap<String, String>();
        for (var instrument : instruments()) {
            var one = ours.getOrDefault(instrument, Holding.NONE);
            var other = theirs.getOrDefault(instrument, Holding.NONE);
            if (!one.equals(other)) {
                found.put(
                        instrument,
                        "open %d and %d, position %d and %d"
                                .formatted(one.open, other.open, one.position, other.position));
            }
        }
        return found;
    }

    /// Open orders on our side, over all instruments.
    public long openOrders() {
        return ours.values().stream().mapToLong(Holding::open).sum();
    }

    /// All instruments that either side knows.
    public Set<String> instruments() {
        var all = new TreeMap<>(ours);
        all.putAll(theirs);
        return all.keySet();
    }
}
