package dev.pitcrew.model;

import java.time.Duration;
import java.util.Optional;

/// How a service changes versions.
///
/// @param readyLimit from start to ready, else the release is refused
/// @param holdLimit the balancer holds new requests so long, then answers 503
/// @param bake the new version is watched so long before it is done
/// @param keepWarm the last good version stays at least so long, and until the close
/// @param batch how many instances a rolling change replaces at once
/// @param canary the shares of a canary; empty where none is declared
/// @param sticky what of a request decides where it goes; empty where each goes to the next one in turn
/// @param judge how it is judged while it is watched; absent: by its objectives alone
/// @param shadow how it runs in shadow; empty where that is not declared
public record RolloutSettings(
        StrategyName strategy,
        Duration readyLimit,
        Duration holdLimit,
        Duration bake,
        Duration keepWarm,
        int batch,
        Optional<Canary> canary,
        Optional<Sticky> sticky,
        Optional<Judging> judge,
        Optional<Shadow> shadow) {
    public RolloutSettings {
        if (!readyLimit.isPositive() || !holdLimit.isPositive()) {
            throw new IllegalArgumentException("readyLimit and hold need to be above zero");
        }
        if (bake.isNegative() || keepWarm.isNegative()) {
            throw new IllegalArgumentException("bake and keepWarm can't be negative");
        }
        if (batch < 1) {
            throw new IllegalArgumentException("a batch has at least one instance, got " + batch);
        }
    }

    /// Without a judge.
    public RolloutSettings(
            StrategyName strategy,
            Duration readyLimit,
            Duration holdLimit,
            Duration bake,
            Duration keepWarm,
            int batch,
            Optional<Canary> canary,
            Optional<Sticky> sticky) {
        this(
                strategy,
                readyLimit,
                holdLimit,
                bake,
                keepWarm,
                batch,
                canary,
                sticky,
                Optional.empty(),
                Optional.empty());
    }

    /// The same, judged.
    public RolloutSettings judgedBy(Judging judging) {
        return new RolloutSettings(
                strategy,
                readyLimit,
                holdLimit,
                bake,
                keepWarm,
                batch,
                canary,
                sticky,
                Optional.of(judging),
                shadow);
    }

    /// The same, in shadow first.
    public RolloutSettings shadowedBy(Shadow first) {
        return new RolloutSettings(
                StrategyName.SHADOW,
                readyLimit,
                holdLimit,
                bake,
                keepWarm,
                batch,
                canary,
                sticky,
                judge,
                Optional.of(first));
    }
}
