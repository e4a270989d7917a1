package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.StepTaken;

/// Which events a restore may forget without a person. Who was started or ended can't be found out from the desk alone, so a controller that finds
/// processes which its ledger does not know leaves them to a person.
final class Restorable {
    private Restorable() {}

    static boolean isRestorable(Event event) {
        return switch (event) {
            case EffectIntended one -> isHook(one.effect());
            case EffectConfirmed one -> isHook(one.effect());
            case EffectFailed one -> isHook(one.effect());
            case StepTaken _ -> true;
            default -> false;
        };
    }

    private static boolean isHook(Effect effect) {
        return !(effect instanceof Effect.Start
                || effect instanceof Effect.StartActive
                || effect instanceof Effect.Stop
                || effect instanceof Effect.Kill);
    }
}
