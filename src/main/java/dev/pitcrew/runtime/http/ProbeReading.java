package dev.pitcrew.runtime.http;

import java.time.Instant;

/// What one probe saw, and when.
public sealed interface ProbeReading {
    /// When the answer was complete, or was given up on.
    Instant observedAt();

    /// @param text the value as text: `true`, `17`, `6.5`, a digest; JSON text when it is an object or a list
    record Value(String text, Instant observedAt) implements ProbeReading {}

    /// There is no value, so it is unknown.
    record Failed(String why, Instant observedAt) implements ProbeReading {}
}
