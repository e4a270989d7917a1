package dev.pitcrew.deploy;

import java.time.Instant;

/// A step of a course is taken, and the next one begins.
///
/// @param at when
/// @param service of which service
/// @param course which course
/// @param index the step's index in the course, from 0
/// @param evidence what was seen, with its numbers
public record StepTaken(Instant at, String service, String course, int index, String evidence)
        implements Event {}
