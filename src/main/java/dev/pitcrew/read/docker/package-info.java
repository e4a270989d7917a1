/// Dockerfiles and what they leave out: [dev.pitcrew.model.infra.ImageBuild] and [dev.pitcrew.model.infra.IgnoreList].
///
/// Read [Dockerfiles] first; [Instructions] knows the syntax.
@NullMarked
package dev.pitcrew.read.docker;

import org.jspecify.annotations.NullMarked;
