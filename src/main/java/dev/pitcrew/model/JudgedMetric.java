package dev.pitcrew.model;

import java.util.Optional;

/// Something that two versions of a service are compared by.
///
/// @param name as verdicts call it
/// @param kind what is compared
/// @param events the counter of what is counted, or the histogram of a latency, as `name` or `name{label="value"}`
/// @param of the counter that the events are a part of or happen for; empty for a latency, and for a rate over time
/// @param worse which way it gets worse; of a latency always `MORE`
/// @param margin how much worse does no harm, such as `20%` or `20%,0.1pp`; absent: what its kind has
public record JudgedMetric(
        String name, Kind kind, String events, String of, Worse worse, Optional<String> margin) {
    /// What is compared.
    public enum Kind {
        /// The part that the events are of something.
        SHARE,
        /// How many events there are for something, or over time.
        RATE,
        /// Times, by their quantiles.
        LATENCY
    }

    /// Which way it gets worse.
    public enum Worse {
        MORE,
        LESS,
        EITHER
    }

    /// Whether it is a rate over time, which says something only of two versions that run side by side.
    public boolean isOverTime() {
        return kind == Kind.RATE && of.isEmpty();
    }
}
