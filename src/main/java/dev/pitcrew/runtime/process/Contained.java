package dev.pitcrew.runtime.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How a process is contained.
///
/// @param image what it runs: the digest `sha256:…` of an image, or a name that is resolved to one before anything is made
/// @param release what it is an instance of, by digest: the image's and the configuration's
/// @param network `host`, or the network that it is in; in one its ports are published on 127.0.0.1
/// @param inside the numbers of its ports in the container, where they differ from those outside
/// @param mounts of the host: `PATH:PATH` or `PATH:PATH:ro`
/// @param user whom it runs as; empty: as the image says
/// @param memoryBytes its limit; 0: none
/// @param nanoCpus its limit, in billionths of a processor; 0: none
/// @param grace how long it has from being asked to end to being killed, at least
public record Contained(
        String image,
        String release,
        String network,
        Map<String, Integer> inside,
        List<String> mounts,
        String user,
        long memoryBytes,
        long nanoCpus,
        Duration grace) {
    /// The network of the host itself.
    public static final String HOST = "host";

    public Contained {
        inside = Map.copyOf(inside);
        mounts = List.copyOf(mounts);
    }

    /// An image on the host's network, with no limits.
    public static Contained of(String image) {
        return new Contained(
                image, "", HOST, Map.of(), List.of(), "", 0, 0, Duration.ZERO);
    }
}
