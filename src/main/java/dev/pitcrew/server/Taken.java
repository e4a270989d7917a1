package dev.pitcrew.server;

import java.util.List;

/// What of a service runs and is to be taken over as it is.
///
/// @param image the digest, in hex, of the image that all of them run
/// @param containers their ids
public record Taken(String image, List<String> containers) {
    public Taken {
        containers = List.copyOf(containers);
    }
}
