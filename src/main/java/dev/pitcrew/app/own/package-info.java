/// Checks that users write: YAML with expressions of CEL over the facts of a repository.
///
/// In: files in `pitcrew-checks`. Out: [OwnCheck]s, which are checks like all others. [Views] says what they see, and is what docs/own-checks.md is written from. Only [Cel] knows the library, and it
/// is loaded when there is an own check, and never else. Read [OwnChecks] first.
@NullMarked
package dev.pitcrew.app.own;

import org.jspecify.annotations.NullMarked;
