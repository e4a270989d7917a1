package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something that keeps containers running, or runs them once: a Deployment, a StatefulSet, a Job.
///
/// @param format such as `kubernetes`
/// @param unit kind and name, as its containers say it
/// @param kind such as `Deployment`
/// @param name of the object
/// @param namespace empty when none is said
/// @param place of its name
/// @param replicas if they are said
/// @param strategy such as `RollingUpdate` or `Recreate`, if it is said
/// @param surgeMax `maxSurge`, if it is said
/// @param labels of its pods
/// @param selector of its pods, for kinds that have one
/// @param settings what else it says: `backoffLimit`, `concurrencyPolicy`, `restartPolicy`, `schedule`, `preStopSeconds`, `volumeClaim`, …
public record Workload(
        String format,
        String unit,
        String kind,
        String name,
        String namespace,
        Place place,
        Optional<Located<Integer>> replicas,
        Optional<Located<String>> strategy,
        Optional<Located<String>> surgeMax,
        Map<String, String> labels,
        Map<String, String> selector,
        List<Setting> settings)
        implements InfraFact {
    public Workload {
        labels = Map.copyOf(labels);
        selector = Map.copyOf(selector);
        settings = List.copyOf(settings);
    }

    /// The value of a setting, if it is said.
    public Optional<Located<String>> setting(String key) {
        return settings.stream()
                .filter(one -> one.name().equals(key))
                .findFirst()
                .map(Setting::value);
    }
}
