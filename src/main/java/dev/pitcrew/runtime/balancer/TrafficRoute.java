package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.util.List;

/// Where new requests of a service go.
///
/// @param targets in turn; or where they will go once released; the canaries last
/// @param isHeld whether they are held
public record TrafficRoute(List<Address> targets, boolean isHeld) {
    public TrafficRoute {
        targets = List.copyOf(targets);
    }
}
