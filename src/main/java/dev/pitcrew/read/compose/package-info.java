/// Compose files, read as Docker reads them: sets of files merged into projects, each value with the file and line that it came from.
///
/// [ComposeFormat] claims files and puts them into sets; [Layers] reads a file with what it includes and extends; [Merge] lays one over the other; [ContainerMaker] says what a merged
/// service is. Read [ComposeFormat] first.
@NullMarked
package dev.pitcrew.read.compose;

import org.jspecify.annotations.NullMarked;
