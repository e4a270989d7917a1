package dev.pitcrew.model;

import java.time.Duration;

/// What a venue does with resting orders when the session that entered them ends.
public sealed interface CancelOnDisconnect {
    /// They stay, and may fill while nobody is logged on.
    record Off() implements CancelOnDisconnect {}

    /// They are cancelled, unless the session is back within the grace.
    ///
    /// @param grace zero: at once
    record On(Duration grace) implements CancelOnDisconnect {
        public On {
            if (grace.isNegative()) {
                throw new IllegalArgumentException("grace can't be negative, got " + grace);
            }
        }
    }
}
