/// Checks of what is watched, and whether it arrives; [ObservabilityChecks] lists them.
@NullMarked
package dev.pitcrew.assess.observability;

import org.jspecify.annotations.NullMarked;
