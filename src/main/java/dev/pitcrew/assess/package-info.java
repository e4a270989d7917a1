/// Facts in, findings out: what is wrong with a trading system's infrastructure, as a senior operations engineer would say it.
///
/// In: a [Subject], the facts of a repository and the system that they add up to. Out: [Finding]s. A [Check] is one small class with its page in docs/checks, its bad and its good
/// example; [Checks] lists them all. Read [Check] first.
@NullMarked
package dev.pitcrew.assess;

import org.jspecify.annotations.NullMarked;
