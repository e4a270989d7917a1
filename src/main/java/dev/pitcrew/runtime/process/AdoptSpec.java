package dev.pitcrew.runtime.process;

import java.util.Map;

/// A container that somebody else started, and what it is from now on.
///
/// @param instance its name, never used before
/// @param version the version that it counts as
/// @param container its id, 64 hexadecimal digits
/// @param inside where it listens inside, by the names of the service's ports
public record AdoptSpec(
        String instance,
        String service,
        String version,
        String container,
        Map<String, Integer> inside) {
    public AdoptSpec {
        inside = Map.copyOf(inside);
    }
}
