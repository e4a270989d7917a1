package dev.pitcrew.deploy;

import dev.pitcrew.deploy.RolloutEvent.Outcome;

/// How a rollout ends whose course failed: whether that speaks against the new version, or against something else.
final class Attribution {
    private Attribution() {}

    /// @param failed the course, whose last step failed
    /// @param situation as it was seen then
    static Outcome outcome(Course failed, Situation situation) {
        if (situation.killed() || situation.strangers().isPresent()) {
            return Outcome.GATED;
        }
        if (failed.isOfMany()) {
            return ofMany(failed, situation);
        }
        if (Guards.isOfAnother(failed)) {
            return Outcome.GATED;
        }
        if (Guards.isOfNew(failed, situation)) {
            return mayHaveServed(failed.step()) ? Outcome.ROLLED_BACK : Outcome.REFUSED;
        }
        return switch (failed.step()) {
            // What a gate, the old version, the balancer or a stranger did says nothing about the
            // new version.
            case Step.Check _, Step.Hold _, Step.Drain _, Step.Deactivate _ -> Outcome.GATED;
            case Step.Fence _, Step.Stop _, Step.Route _ -> Outcome.GATED;
            case Step.Start _, Step.StartActive _, Step.Warm _, Step.Rearm _ -> Outcome.REFUSED;
            case Step.Activate _, Step.Reconcile _ -> Outcome.REFUSED;
            case Step.Bake _ -> Outcome.ROLLED_BACK;
            case Step.Grow _, Step.WarmAll _, Step.Join _, Step.Share _ -> Outcome.REFUSED;
            case Step.Shrink _, Step.Leave _, Step.Rejoin _ -> Outcome.GATED;
            case Step.Shadow _, Step.Compare _ -> Outcome.REFUSED;
            case Step.EndShadow _, Step.Adopt _ -> Outcome.GATED;
        };
    }

    private static boolean mayHaveServed(Step step) {
        return step instanceof Step.Route || step instanceof Step.Bake;
    }

    /// Once some of the new ones have served, the version has failed at that.
    private static Outcome ofMany(Course failed, Situation situation) {
        var isOfNew =
                switch (failed.step()) {
                    case Step.Grow _, Step.WarmAll _, Step.Bake _ -> true;
                    default -> Steps.casualty(failed, situation).isPresent();
                };
        if (!isOfNew) {
            return Outcome.GATED;
        }
        return failed.hasSteered() ? Outcome.ROLLED_BACK : Outcome.REFUSED;
    }
}
