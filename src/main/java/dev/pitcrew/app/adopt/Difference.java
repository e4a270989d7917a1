package dev.pitcrew.app.adopt;

import dev.pitcrew.model.Place;

/// Something in which a container is not what the files say.
///
/// @param container its name
/// @param name which one of several: a variable, the path of a mount, a limit; else empty
/// @param files what they say; of the environment a digest
/// @param runs what is so; of the environment a digest
/// @param place where the files say it
public record Difference(
        String container, Aspect aspect, String name, String files, String runs, Place place) {
    /// In what it differs.
    public enum Aspect {
        IMAGE,
        COMMAND,
        ENVIRONMENT,
        MOUNTS,
        LIMITS,
        /// How many run.
        REPLICAS,
        /// Containers of one service that were made from different files.
        ALIKE
    }
}
