package dev.pitcrew.runtime.docker;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An image, as the engine describes it.
///
/// @param id the digest of its configuration, `sha256:…`: what it is, on any host
/// @param tags what it is called here, such as `desk:3`
/// @param digests by which registries know it, such as `registry/desk@sha256:…`; empty for what was built here
/// @param labels its labels
/// @param entrypoint the program
/// @param command its arguments
/// @param environment its variables
/// @param health its health check; empty when there is none
/// @param bytes its size
public record Image(
        String id,
        List<String> tags,
        List<String> digests,
        Map<String, String> labels,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        Optional<Container.HealthCheck> health,
        long bytes) {
    public Image {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
        labels = Map.copyOf(labels);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
