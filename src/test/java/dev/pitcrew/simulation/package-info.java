/// Runs the production deciders and the production loop on virtual time against a world that fails, delays, repeats and lies.
///
/// In: a seed. Out: a [Report], or an [InvariantBroken] that names the seed. Read [Simulation] first.
@NullMarked
package dev.pitcrew.simulation;

import org.jspecify.annotations.NullMarked;
