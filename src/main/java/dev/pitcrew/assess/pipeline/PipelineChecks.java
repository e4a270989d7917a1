package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of pipelines, in the order of their codes.
public final class PipelineChecks {
    public static final List<Check> ALL =
            List.of(
                    new ActionByMovingRef(),
                    new RunsCodeOfStrangers(),
                    new TitleBecomesCommand(),
                    new DeploysOvertakeEachOther(),
                    new BuiltOnTheLiveHost(),
                    new RebuiltForLive());

    private PipelineChecks() {}
}
