package dev.pitcrew.model;

import java.time.Duration;
import java.util.Optional;

/// How a service changes versions.
///
/// @param readyLimit from start to ready, else the release is refused
/// @param holdLimit the balancer holds new requests so long, then answers 503
/// @param bake the new version is watched so long before it is done
/// @param keepWarm the last good version stays at least so long, and until the close
/// @param judge how it is judged while it is watched; absent: by its objectives alone
public record RolloutSettings(
        StrategyName strategy,
        Duration readyLimit,
        Duration holdLimit,
        Duration bake,
        Duration keepWarm,
        Optional<Judging> judge) {
    public RolloutSettings {
        if (!readyLimit.isPositive() || !holdLimit.isPositive()) {
            throw new IllegalArgumentException("readyLimit and hold need to be above zero");
        }
        if (bake.isNegative() || keepWarm.isNegative()) {
            throw new IllegalArgumentException("bake and keepWarm can't be negative");
        }
    }

    /// Without a judge.
    public RolloutSettings(
            StrategyName strategy,
            Duration readyLimit,
            Duration holdLimit,
            Duration bake,
            Duration keepWarm) {
        this(strategy, readyLimit, holdLimit, bake, keepWarm, Optional.empty());
    }

    /// The same, judged.
    public RolloutSettings judgedBy(Judging judging) {
        return new RolloutSettings(
                strategy, readyLimit, holdLimit, bake, keepWarm, Optional.of(judging));
    }
}
