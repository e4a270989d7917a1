package dev.pitcrew.model;

/// How a service gets from one version to the next.
public enum StrategyName {
    /// The new version starts passive beside the old one, which drains, deactivates, and only then the new one activates.
    HANDOFF,
    /// The old version stops before the new one starts, for services that know no passive mode.
    STOP_START,
    ROLLING,
    BLUE_GREEN,
    CANARY,
    /// A new version is compared with the active one first, on the same inputs and without sending anything; then it is a handoff.
    SHADOW
}
