package dev.pitcrew.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value as it was last seen, and when. What was never seen is unknown, and so is what was seen too long ago.
///
/// @param value the value; null when it was never seen
/// @param at when it was seen, by the controller's steady clock; `Instant.MIN` when it never was
public record Observed<T>(@Nullable T value, Instant at) {
    /// Never seen.
    public static <T> Observed<T> unknown() {
        return new Observed<>(null, Instant.MIN);
    }

    /// The value, unless it is unknown or older than the limit.
    public Optional<T> known(Instant now, Duration limit) {
        return value == null || at.isBefore(now.minus(limit))
                ? Optional.empty()
                : Optional.of(value);
    }

    /// The value, when it was seen after an instant and is still within the limit.
    public Optional<T> knownSince(Instant since, Instant now, Duration limit) {
        return at.isAfter(since) ? known(now, limit) : Optional.empty();
    }
}
