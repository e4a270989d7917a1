package dev.pitcrew.deploy;

import java.time.Instant;

/// An effect was not done, or nobody knows whether it was.
///
/// @param at when
/// @param service of which service
/// @param course the course that intended it
/// @param effect what
/// @param reason why, in words
public record EffectFailed(Instant at, String service, String course, Effect effect, String reason)
        implements Event {}
