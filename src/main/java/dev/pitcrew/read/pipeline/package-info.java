/// Pipelines: GitHub Actions workflows and GitLab CI files in, [dev.pitcrew.model.infra.Pipeline]s out.
///
/// Read [GitHubActions] first; [Parts] has what both share, [Embedded] finds the place of a script's character inside the YAML file.
@NullMarked
package dev.pitcrew.read.pipeline;

import org.jspecify.annotations.NullMarked;
