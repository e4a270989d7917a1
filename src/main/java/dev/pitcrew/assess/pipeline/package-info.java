/// Checks of pipelines; [PipelineChecks] lists them.
@NullMarked
package dev.pitcrew.assess.pipeline;

import org.jspecify.annotations.NullMarked;
