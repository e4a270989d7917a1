package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;

/// Where a secret or a configuration that containers get comes from.
///
/// @param format such as `compose` or `kubernetes`
/// @param unit what it belongs to, as [Container] says it; the namespace in Kubernetes
/// @param name as its file calls it
/// @param place of its name
/// @param isSecret rather than a configuration
/// @param from `file:PATH`, `environment:NAME`, `external` or `content`
/// @param keys of what it holds, where it is given in the file
public record SecretSource(
        String format,
        String unit,
        String name,
        Place place,
        boolean isSecret,
        String from,
        List<String> keys)
        implements InfraFact {
    public SecretSource {
        keys = List.copyOf(keys);
    }
}
