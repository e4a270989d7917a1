package dev.pitcrew.deploy;

import java.time.Instant;

/// What operators do to the whole desk or to a service, besides rollouts.
public sealed interface DeskEvent extends Event {
    /// No change from now on, until it is thawed.
    record Frozen(Instant at, String service, String by, String reason) implements DeskEvent {}

    /// Changes are allowed again.
    record Thawed(Instant at, String service, String by, String reason) implements DeskEvent {}

    /// All order flow of a service was stopped.
    ///
    /// @param spooled whether it was done without the ledger and taken in later
    /// @param result what came of it, in words and numbers
    record Killed(
            Instant at, String service, String by, String reason, boolean spooled, String result)
            implements DeskEvent {}

    /// The kill switch was tried without stopping anything.
    record KillTested(Instant at, String service, String by, String result) implements DeskEvent {}

    /// Another person looked at an emergency change.
    record Reassessed(Instant at, String service, String rollout, String by, String finding)
            implements DeskEvent {}

    /// Somebody is an operator, or has another token than before.
    ///
    /// @param operator his name
    /// @param by who added him, as the one who did says; empty when nobody says
    /// @param key the start of his token's hash, which tells it from another token
    record OperatorAdded(Instant at, String service, String operator, String by, String key)
            implements DeskEvent {}

    /// Somebody is no operator any more.
    record OperatorRemoved(Instant at, String service, String operator) implements DeskEvent {}
}
