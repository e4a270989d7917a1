package dev.pitcrew.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What runs of the desk's services and was neither started nor taken over from here, as it was asked for one change.
///
/// @param project the Compose project whose it is; empty where there is none
/// @param running names of its containers that live, by service
public record Outside(String project, Map<String, List<String>> running) {
    /// Nothing of the kind.
    public static final Outside NONE = new Outside("", Map.of());

    public Outside {
        running =
                running.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, one -> List.copyOf(one.getValue())));
    }

    /// Why nothing of the service is started for the first time: of an order gateway that would be a second sender. Empty when nothing speaks
    /// against it.
    public Optional<String> objection(String service) {
        return Optional.ofNullable(running.get(service))
                .filter(names -> !names.isEmpty())
                .map(
                        names ->
                                "of the Compose project %s there runs %s, beside which nothing is started a second time; `pitcrew adopt --take` takes over what runs, without a restart; or stop it first"
                                        .formatted(project, String.join(", ", names)));
    }
}
