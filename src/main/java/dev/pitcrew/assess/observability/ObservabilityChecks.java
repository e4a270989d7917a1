package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of what is watched, and whether it arrives, in the order of their codes.
public final class ObservabilityChecks {
    public static final List<Check> ALL = List.of();

    private ObservabilityChecks() {}
}
