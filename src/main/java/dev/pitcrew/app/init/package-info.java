/// Writes a first system file for a repository. What the readers found comes in, with answers to a few questions; the text of a `pitcrew.yaml` goes out, once the reader of system files has
/// accepted it. Read [dev.pitcrew.app.init.Init] first.
@NullMarked
package dev.pitcrew.app.init;

import org.jspecify.annotations.NullMarked;
