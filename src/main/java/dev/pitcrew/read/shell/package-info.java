/// Shell text in, its commands out, as far as checks need them: words, joins, blocks, redirects, and the commands inside `ssh` and `sh -c`.
///
/// [Shell] reads any text, whether a file of its own ([ShellScripts]), a `RUN` line or a pipeline's step. Read it first.
@NullMarked
package dev.pitcrew.read.shell;

import org.jspecify.annotations.NullMarked;
