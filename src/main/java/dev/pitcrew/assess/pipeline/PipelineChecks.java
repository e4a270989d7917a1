package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of pipelines, in the order of their codes.
public final class PipelineChecks {
    public static final List<Check> ALL = List.of();

    private PipelineChecks() {}
}
