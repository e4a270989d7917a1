/// Checks of Compose files; [ComposeChecks] lists them.
@NullMarked
package dev.pitcrew.assess.compose;

import org.jspecify.annotations.NullMarked;
