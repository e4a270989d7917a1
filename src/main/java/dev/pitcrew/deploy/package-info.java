/// Decides how a trading system changes versions and how it is kept as it was approved.
///
/// In: [Situation] (facts, roster, the approved system file). Out: [Event]s, some of which intend an [Effect].
/// Nothing here acts, reads a clock or draws a random number. Read [Step] first, then [Course], which is a list of
/// steps being taken; [RolloutDecider] and [KeepDecider] only choose which course to take.
@NullMarked
package dev.pitcrew.deploy;

import org.jspecify.annotations.NullMarked;
