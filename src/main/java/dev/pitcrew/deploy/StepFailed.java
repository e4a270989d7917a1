package dev.pitcrew.deploy;

import java.time.Instant;

/// A step can't be taken, which ends its course.
///
/// @param at when
/// @param service of which service
/// @param course which course
/// @param index the step's index in the course, from 0
/// @param reason what was seen instead, with its numbers
public record StepFailed(Instant at, String service, String course, int index, String reason)
        implements Event {}
