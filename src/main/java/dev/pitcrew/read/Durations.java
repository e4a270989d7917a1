package dev.pitcrew.read;

import java.time.Duration;

/// Durations as the system file and the command line spell them.
public final class Durations {
    private Durations() {}

    /// Reads `250ms`, `5s`, `10m`, `4h` or `30d`.
    ///
    /// @throws IllegalArgumentException when it is none
    public static Duration parse(String text) {
        return Scalars.duration(text);
    }
}
