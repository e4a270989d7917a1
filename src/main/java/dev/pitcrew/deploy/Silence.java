package dev.pitcrew.deploy;

import java.time.Duration;
import java.time.Instant;

/// An instance that does not answer, whether or not it ever answered this controller: one that hung while no controller ran hangs all the
/// same. Probes that were asked and failed count, not time alone: a controller that was paused must not take its own absence for silence.
///
/// @param since when the first unanswered probe was sent
/// @param failures probes without an answer in a row, at least 1
public record Silence(Instant since, int failures) {
    /// Whether the instance hangs: at least two probes failed and the limit has passed.
    public boolean exceeds(Duration limit, Instant now) {
        return failures >= 2 && !now.isBefore(since.plus(limit));
    }
}
