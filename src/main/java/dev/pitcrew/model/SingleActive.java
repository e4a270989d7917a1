package dev.pitcrew.model;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How it is made sure that at most one instance of a service sends.
///
/// @param fences what holds an old instance back; at least one that is [Fence#isEnough]
/// @param drain how the active instance is emptied before another takes over
/// @param onFailure who takes over when the active instance fails
/// @param hangLimit without an answer for so long, or passive for so long though it was activated, it is lost
/// @param twiceWithin a second failure within this needs a person
public record SingleActive(
        Set<Fence> fences,
        Drain drain,
        OnFailure onFailure,
        Duration hangLimit,
        Duration twiceWithin) {
    public SingleActive {
        if (fences.stream().noneMatch(Fence::isEnough)) {
            throw new IllegalArgumentException("no fence that is enough in " + fences);
        }
        fences = Collections.unmodifiableSet(EnumSet.copyOf(fences));
    }
}
