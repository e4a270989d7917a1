/// The outside world, and the one loop that observes it, decides, appends and acts.
///
/// In: the system file, the ledger, operators' intents. Out: effects on processes, traffic and services, and facts
/// about them. Read [Loop] first.
@NullMarked
package dev.pitcrew.runtime;

import org.jspecify.annotations.NullMarked;
