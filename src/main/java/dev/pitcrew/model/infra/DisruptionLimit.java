package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.Map;
import java.util.Optional;

/// How many pods a node's drain may take away: a PodDisruptionBudget.
///
/// @param format such as `kubernetes`
/// @param name of the object
/// @param namespace empty when none is said
/// @param place of its name
/// @param selector labels of the pods
/// @param availableMin a number or a share, if it is said
/// @param unavailableMax a number or a share, if it is said
public record DisruptionLimit(
        String format,
        String name,
        String namespace,
        Place place,
        Map<String, String> selector,
        Optional<Located<String>> availableMin,
        Optional<Located<String>> unavailableMax)
        implements InfraFact {
    public DisruptionLimit {
        selector = Map.copyOf(selector);
    }
}
