package dev.pitcrew.cli;

import java.util.List;

/// How long nobody could send: from the last order that the venue accepted from the old sender to the first from the new. Milliseconds.
///
/// @param count changes of the sender that were measured; all else is 0 without any
/// @param darkMillisP50 nearest rank, as is `darkMillisP99`
public record DarkTime(
        int count, double darkMillisP50, double darkMillisP99, double darkMillisMax) {
    /// Of some changes, in any order.
    public static DarkTime of(List<Double> millis) {
        var sorted = millis.stream().sorted().toList();
        return sorted.isEmpty()
                ? new DarkTime(0, 0, 0, 0)
                : new DarkTime(
                        sorted.size(), rank(sorted, 0.50), rank(sorted, 0.99), sorted.getLast());
    }

    private static double rank(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
