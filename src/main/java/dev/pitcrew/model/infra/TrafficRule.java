package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Map;

/// Who may talk to some pods, and whom they may talk to: a NetworkPolicy.
///
/// @param format such as `kubernetes`
/// @param name of the object
/// @param namespace empty when none is said
/// @param place of its name
/// @param selector labels of the pods; empty for all of the namespace
/// @param directions `Ingress`, `Egress`
public record TrafficRule(
        String format,
        String name,
        String namespace,
        Place place,
        Map<String, String> selector,
        List<String> directions)
        implements InfraFact {
    public TrafficRule {
        selector = Map.copyOf(selector);
        directions = List.copyOf(directions);
    }
}
