package dev.pitcrew.deploy;

import java.time.Instant;

/// An effect was done, as far as the one that did it can tell. Whether the world is as wanted is for the facts to say.
///
/// @param at when
/// @param service of which service
/// @param course the course that intended it
/// @param effect what
/// @param detail what came back, such as `pid 4711`
public record EffectConfirmed(
        Instant at, String service, String course, Effect effect, String detail) implements Event {}
