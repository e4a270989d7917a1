/// What the files of a repository say about a trading system, whatever their format: facts with their places, and the system that they add up to.
///
/// They are made by `read`, and looked at by `assess` and `generate`. Read [Survey] first, then [InfraFact] and [Sketch].
@NullMarked
package dev.pitcrew.model.infra;

import org.jspecify.annotations.NullMarked;
