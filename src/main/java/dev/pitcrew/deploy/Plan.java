package dev.pitcrew.deploy;

import dev.pitcrew.model.GateName;
import java.util.List;
import java.util.Optional;

/// What a rollout will do, complete before anybody approves it.
///
/// @param service which service
/// @param environment where
/// @param system SHA-256 in hex of the system file that it was made from; under another one it does not begin
/// @param purpose what it is for
/// @param strategy by its name in the system file, such as `handoff`; else `rearm` or `adopt`
/// @param from the release that serves now; empty for a first start
/// @param to the release that shall serve
/// @param forward the steps towards `to`
/// @param back the steps back to `from`, once `from` was touched
/// @param approval what has to be approved, and how
/// @param overrides gates that it passes whatever they measure
/// @param notes what whoever approves has to know, such as `no way back` or how many orders a handoff cancels
public record Plan(
        String service,
        String environment,
        String system,
        Purpose purpose,
        String strategy,
        Optional<Release> from,
        Release to,
        List<Step> forward,
        List<Step> back,
        ApprovalNeed approval,
        List<Overridden> overrides,
        List<String> notes) {
    public Plan {
        forward = List.copyOf(forward);
        back = List.copyOf(back);
        overrides = List.copyOf(overrides);
        notes = List.copyOf(notes);
    }

    /// What a plan is for.
    public enum Purpose {
        /// Another release.
        CHANGE,
        /// Back to the last good release, because an operator wants it.
        ROLLBACK,
        /// To begin again after a kill.
        REARM,
        /// To keep what somebody else started, as it runs. Nothing is ended for it, whatever comes of it.
        ADOPT
    }

    /// A gate that need not pass this time.
    ///
    /// @param reason in the words of whoever asked for it
    public record Overridden(Gate gate, String reason) {}

    /// Whether it goes on in spite of a freeze.
    public boolean overridesFreeze() {
        return overrides.stream().anyMatch(one -> one.gate().name().equals(GateName.FREEZE.key()));
    }
}
