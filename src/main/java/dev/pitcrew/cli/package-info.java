/// The command line: verbs, their output and exit codes; the composition root.
///
/// In: arguments. Out: results on stdout, everything else on stderr, an [ExitCode]. Read [Main] first, then
/// [Verbs]: one class a verb, and one line there.
@NullMarked
package dev.pitcrew.cli;

import org.jspecify.annotations.NullMarked;
