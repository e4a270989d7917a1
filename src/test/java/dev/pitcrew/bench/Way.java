package dev.pitcrew.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.cli.DarkTime;
import java.util.List;

/// One way of changing the active gateway, and what it cost: by the desk's audit, and by the clients' own clocks.
///
/// @param rounds asked for
/// @param ended of these, the ones after which another gateway was active in time
/// @param contradicted orders that a client was told never worked, while the venue took them
/// @param secondLogons that the venue refused
/// @param latencyMillisP99 of an order, from when it was due to when it was acknowledged, over all rounds
/// @param note what else was seen; empty for nothing
record Way(
        String name,
        int rounds,
        int ended,
        long sent,
        long acknowledged,
        long lost,
        long duplicated,
        long inDoubt,
        long contradicted,
        long returned,
        long twoActiveIntervals,
        long secondLogons,
        DarkTime dark,
        double latencyMillisP99,
        String note) {
    static Way of(
            String name,
            int rounds,
            int ended,
            JsonNode audit,
            List<Double> dark,
            JsonNode load,
            String note) {
        var orders = audit.path("orders");
        return new Way(
                name,
                rounds,
                ended,
                orders.path("sent").asLong(),
                orders.path("acknowledged").asLong(),
                orders.path("lost").asLong(),
                orders.path("duplicated").asLong(),
                orders.path("inDoubt").asLong(),
                audit.path("contradicted").asLong(),
                orders.path("returned").asLong(),
                audit.path("twoActiveIntervals").asLong(),
                audit.path("refusedSecondLogons").asLong(),
                DarkTime.of(dark),
                load.path("latencyMicros").path("p99").asDouble() / 1_000,
                note);
    }

    /// Whether every round ended, and no order and no sender went wrong.
    boolean isClean() {
        return ended == rounds
                && acknowledged > 0
                && lost + duplicated + inDoubt + contradicted + twoActiveIntervals == 0;
    }
}
