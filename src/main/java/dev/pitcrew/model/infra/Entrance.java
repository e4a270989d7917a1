package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Map;

/// A way in from outside: an Ingress.
///
/// @param format such as `kubernetes`
/// @param name of the object
/// @param namespace empty when none is said
/// @param place of its name
/// @param backends what it leads to
/// @param annotations of the object
/// @param hasTls whether it says certificates
public record Entrance(
        String format,
        String name,
        String namespace,
        Place place,
        List<Backend> backends,
        Map<String, String> annotations,
        boolean hasTls)
        implements InfraFact {
    public Entrance {
        backends = List.copyOf(backends);
        annotations = Map.copyOf(annotations);
    }

    /// Where one path leads.
    ///
    /// @param service name of the [Endpoint]
    /// @param port a number or a name; empty when none is said
    public record Backend(Place place, String host, String path, String service, String port) {}
}
