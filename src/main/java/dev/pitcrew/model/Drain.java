package dev.pitcrew.model;

import java.time.Duration;

/// How the active instance is emptied before another takes over.
///
/// @param limit more than zero: a drain always ends
public record Drain(DrainPolicy policy, Duration limit) {
    public Drain {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a drain needs a limit above zero, got " + limit);
        }
    }
}
