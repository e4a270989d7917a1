package dev.pitcrew.deploy;

import dev.pitcrew.judge.input.Scrape;
import java.time.Instant;

/// What an instance has counted since it started, of what its service is judged by: a few sums, and no history.
///
/// @param earlier what it said as long ago as the service's `past`; nothing when nobody asked it then, so that all since its start counts
/// @param latest what it said last
/// @param at when it was asked last
public record Sampled(Scrape earlier, Scrape latest, Instant at) {
    /// What came together in its past.
    Scrape past() {
        return latest.since(earlier);
    }
}
