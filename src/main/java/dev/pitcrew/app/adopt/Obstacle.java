package dev.pitcrew.app.adopt;

import dev.pitcrew.model.Place;

/// What is in the way of changing a service safely.
///
/// @param message what is so, why it is in the way, and what to do
public record Obstacle(Kind kind, Place place, String message) {
    /// What it is.
    public enum Kind {
        /// The files can't be carried over as they are.
        FILES,
        /// Source code of the host is mounted over the image's.
        SOURCE_MOUNT,
        NO_HEALTH_CHECK,
        FIXED_NAME,
        FIXED_PORT,
        LATEST
    }
}
