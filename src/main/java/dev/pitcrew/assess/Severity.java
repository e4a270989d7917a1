package dev.pitcrew.assess;

/// What a desk would lose, from most to least.
public enum Severity {
    /// Money or orders, on an ordinary day.
    CRITICAL,
    /// Money or orders when something else fails as well.
    HIGH,
    /// An outage, or the evidence for one.
    MEDIUM,
    /// Time.
    LOW;

    /// One step more severe, at most critical.
    public Severity raised() {
        return switch (this) {
            case CRITICAL, HIGH -> CRITICAL;
            case MEDIUM -> HIGH;
            case LOW -> MEDIUM;
        };
    }

    /// One step less severe, at least low.
    public Severity lowered() {
        return switch (this) {
            case CRITICAL -> HIGH;
            case HIGH -> MEDIUM;
            case MEDIUM, LOW -> LOW;
        };
    }
}
