/// Checks of what trades; [TradingChecks] lists them.
@NullMarked
package dev.pitcrew.assess.trading;

import org.jspecify.annotations.NullMarked;
