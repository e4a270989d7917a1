package dev.pitcrew.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long an instance has been found to be so, at each look: that it does not answer, or that it is passive. It begins with the first look
/// of this controller, so one that hung while no controller ran hangs all the same. Looks count, not time alone: a controller that was
/// paused must not take its own absence for silence.
///
/// @param since when the first of these looks was taken
/// @param times looks in a row that found it so, at least 1
public record Spell(Instant since, int times) {
    /// Whether it is to be believed: at least two looks found it so, and the limit has passed.
    public boolean exceeds(Duration limit, Instant now) {
        return times >= 2 && !now.isBefore(since.plus(limit));
    }

    /// The spell with one more look, which may have been taken before others that ended earlier.
    public static Spell of(Optional<Spell> before, Instant look) {
        return before.map(
                        one ->
                                new Spell(
                                        look.isBefore(one.since) ? look : one.since, one.times + 1))
                .orElse(new Spell(look, 1));
    }
}
