/// The machine we run on: processes of the trading system, and facts about the host.
///
/// In: a [ProcessSpec]. Out: a [ProcessState], and facts of the host. Read [Processes] first, then its one real
/// adapter, `LocalProcesses`.
@NullMarked
package dev.pitcrew.runtime.process;

import org.jspecify.annotations.NullMarked;
