/// Checks of the durability of stores and queues; [DurabilityChecks] lists them.
@NullMarked
package dev.pitcrew.assess.durability;

import org.jspecify.annotations.NullMarked;
