package dev.pitcrew.runtime.process;

import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.ContainerSpec.Isolation;
import dev.pitcrew.model.ContainerSpec.Mount;
import dev.pitcrew.model.Template;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a process is contained.
///
/// @param image what it runs: the digest `sha256:…` of an image, or a name that is resolved to one before anything is made
/// @param release what it is an instance of: the digests of image and configuration
/// @param entrypoint what the command is handed to; empty: as the image says
/// @param mounts what it sees of the host, by absolute paths
/// @param labels of others
/// @param networks that it joins, the first of which it begins in, each with the names that others know it by there
/// @param declared the rest, as the system file has it
/// @param memoryBytes its limit; 0: none
/// @param grace how long it has from being asked to end to being killed, at least
public record Contained(
        String image,
        String release,
        List<String> entrypoint,
        List<Mount> mounts,
        Map<String, String> labels,
        Map<String, List<String>> networks,
        ContainerSpec declared,
        long memoryBytes,
        Duration grace) {
    /// The network of the host itself.
    public static final String HOST = "host";

    private static final String BRIDGE = "bridge";

    public Contained {
        entrypoint = List.copyOf(entrypoint);
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
        networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    }

    /// An image on the host's network, with no limits.
    public static Contained of(String image) {
        var isolation =
                new Isolation(
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());
        var declared =
                new ContainerSpec(
                        Optional.of(new Template(image)),
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        isolation,
                        Optional.empty(),
                        Map.of());
        return new Contained(
                image, "", List.of(), List.of(), Map.of(), Map.of(), declared, 0, Duration.ZERO);
    }

    /// The same with a limit of memory.
    public Contained withMemory(long bytes) {
        return new Contained(
                image, release, entrypoint, mounts, labels, networks, declared, bytes, grace);
    }

    /// The same with another grace.
    public Contained withGrace(Duration longer) {
        return new Contained(
                image,
                release,
                entrypoint,
                mounts,
                labels,
                networks,
                declared,
                memoryBytes,
                longer);
    }

    /// The network that it begins in: the first that is declared, the engine's own when only ports are, else the host's.
    public String network() {
        return networks.keySet().stream()
                .findFirst()
                .orElse(declared.ports().isEmpty() ? HOST : BRIDGE);
    }

    /// Whether its ports are the host's own.
    public boolean isOnHost() {
        return network().equals(HOST);
    }
}
