package dev.pitcrew.model;

/// How a service gets from one version to the next.
public enum StrategyName {
    /// The new version starts passive beside the old one, which drains, deactivates, and only then the new one activates.
    HANDOFF,
    /// The old version stops before the new one starts, for services that know no passive mode.
    STOP_START,
    ROLLING,
    BLUE_GREEN,
    CANARY;

    /// Whether two versions take traffic at once, which a single-active service must never do.
    public boolean overlaps() {
        return this != HANDOFF && this != STOP_START;
    }
}
