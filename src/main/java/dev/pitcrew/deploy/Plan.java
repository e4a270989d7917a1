package dev.pitcrew.deploy;

import java.util.List;
import java.util.Optional;

/// What a rollout will do, complete before anybody approves it.
///
/// @param service which service
/// @param environment where
/// @param strategy by its name in the system file, such as `handoff`; else `rearm` or [#ROLLBACK]
/// @param from the release that serves now; empty for a first start
/// @param to the release that shall serve
/// @param forward the steps towards `to`
/// @param back the steps back to `from`, once `from` was touched
/// @param approval what has to be approved, and how
/// @param notes what whoever approves has to know, such as `no way back` or how many orders a handoff cancels
public record Plan(
        String service,
        String environment,
        String strategy,
        Optional<Release> from,
        Release to,
        List<Step> forward,
        List<Step> back,
        ApprovalNeed approval,
        List<String> notes) {
    /// The strategy's name where an operator goes back to the last good release, by whichever steps.
    public static final String ROLLBACK = "rollback";

    public Plan {
        forward = List.copyOf(forward);
        back = List.copyOf(back);
        notes = List.copyOf(notes);
    }

    /// Whether an operator wants to leave what serves now, because it is not good.
    public boolean isRollback() {
        return strategy.equals(ROLLBACK);
    }
}
