package dev.pitcrew.deploy;

import java.time.Instant;

/// An effect is about to be performed. Unless it only reduces risk, it is performed after this entry is durable and not before.
///
/// @param at when
/// @param service of which service
/// @param course the course that intends it
/// @param effect what
/// @param attempt counted from 1 within the step
public record EffectIntended(Instant at, String service, String course, Effect effect, int attempt)
        implements Event {}
