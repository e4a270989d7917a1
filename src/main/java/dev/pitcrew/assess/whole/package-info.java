/// Checks of the whole system, across its formats; [WholeChecks] lists them.
@NullMarked
package dev.pitcrew.assess.whole;

import org.jspecify.annotations.NullMarked;
