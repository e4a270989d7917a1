/// What is found of a Compose project that runs already, held against its files.
///
/// In: a project's files, and an engine. Out: an [Adoption]: what runs, what differs from the files, what is in the way of changing it safely. [Adopt]
/// asks the engine, and changes nothing there; [Differences] and [Obstacles] decide, purely. Read [Adoption] first.
@NullMarked
package dev.pitcrew.app.adopt;

import org.jspecify.annotations.NullMarked;
