package dev.pitcrew.deploy;

import java.util.List;

/// What the balancer does with the new requests of a service.
///
/// @param targets where they go, or will go once let go: instances by name, and `host:port` where no listed one listens
/// @param isHeld whether they are held
public record TrafficFacts(List<String> targets, boolean isHeld) {
    public TrafficFacts {
        targets = List.copyOf(targets);
    }
}
