package dev.pitcrew.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which orders arrived while there was no active sender. Pure.
///
/// @param sent when each client sent each of its orders first
/// @param accepted when the venue took each order
record DarkArrivals(List<Order> sent, List<Order> accepted) {
    private static final Duration PRECISION = Duration.ofMillis(1); // of a dark time's beginning

    DarkArrivals {
        sent = List.copyOf(sent);
        accepted = List.copyOf(accepted);
    }

    /// An order and when something became of it.
    ///
    /// @param name `CLIENT-ID`
    record Order(String name, Instant at) {}

    /// A time in which nobody could send.
    ///
    /// @param from when the venue took the last order of the old sender
    /// @param to when it took the first of the new one; `Instant.MAX` when none came any more
    record Dark(Instant from, Instant to) {}

    /// How many there were. Whoever came after the last order that the old sender still sent came too late for it.
    long count(Collection<Dark> all) {
        var times =
                sent.stream()
                        .collect(Collectors.toMap(Order::name, Order::at, (first, _) -> first));
        var names = new HashSet<String>();
        for (var dark : all) {
            var from = lastSent(dark.from(), times);
            sent.stream()
                    .filter(one -> !one.at().isBefore(from) && !one.at().isAfter(dark.to()))
                    .forEach(one -> names.add(one.name()));
        }
        return names.size();
    }

    private Instant lastSent(Instant end, Map<String, Instant> times) {
        return accepted.stream()
                .filter(one -> !one.at().isAfter(end.plus(PRECISION)))
                .max(Comparator.comparing(Order::at))
                .map(last -> times.getOrDefault(last.name(), end))
                .orElse(end);
    }
}
