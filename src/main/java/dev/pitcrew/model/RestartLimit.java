package dev.pitcrew.model;

import java.time.Duration;

/// How often a service that dies is restarted before a person is called.
///
/// @param limit restarts, at least 0
/// @param within the time in which they are counted
public record RestartLimit(int limit, Duration within) {
    public RestartLimit {
        if (limit < 0 || !within.isPositive()) {
            throw new IllegalArgumentException("bad restart limit " + limit + " in " + within);
        }
    }
}
