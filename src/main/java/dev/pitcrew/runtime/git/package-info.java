/// Reads a Git repository by the `git` command: never its network, never its hooks, and nothing of it is changed.
///
/// In: a folder and a revision. Out: files of that revision in another folder. Read [PastFiles] first.
@NullMarked
package dev.pitcrew.runtime.git;

import org.jspecify.annotations.NullMarked;
