/// Mends what `assess` finds, in the text of the files.
///
/// In: files that were read, and the [dev.pitcrew.assess.fix.Fix]es of their findings. Out: a [Hardening], the edited text with what each [Edit] is for, proven by reading and assessing it
/// again; a patch of it, or the files themselves. Read [Harden] first.
@NullMarked
package dev.pitcrew.app.harden;

import org.jspecify.annotations.NullMarked;
