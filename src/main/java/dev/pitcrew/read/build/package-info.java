/// What a repository is built with: requirements, pyproject, pom and package.json in, [dev.pitcrew.model.infra.Dependency] facts out.
///
/// Read [Requirements] first; [LockFiles] tells whether another file pins what one leaves open.
@NullMarked
package dev.pitcrew.read.build;

import org.jspecify.annotations.NullMarked;
