package dev.pitcrew.runtime.haproxy;

import dev.pitcrew.runtime.balancer.Told;
import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// How one service stands at one HAProxy, as that says.
///
/// @param slots by name
/// @param connections of clients
record Standing(Routing routing, Map<String, Slot> slots, int connections) {
    Standing {
        slots = new TreeMap<>(slots);
    }

    Told told() throws IOException {
        return routing.told(this::leadsTo);
    }

    private Optional<Address> leadsTo(String slot) {
        return Optional.ofNullable(slots.get(slot)).filter(Slot::isUp).flatMap(Slot::address);
    }

    /// Requests with any instance.
    int inFlight() {
        return busy(_ -> true);
    }

    /// Those with an instance that gets no new ones.
    int leaving() throws IOException {
        var told = told().everybody();
        return busy(slot -> slot.address().filter(told::contains).isEmpty());
    }

    private int busy(Predicate<Slot> which) {
        return slots.values().stream().filter(which).mapToInt(Slot::busy).sum();
    }
}
