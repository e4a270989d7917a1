package dev.pitcrew.app;

import java.time.Duration;
import java.util.Optional;

/// What an operator wants to be killed.
///
/// @param name of this very kill, by which all that is told of it is known to be of one
/// @param service only this service; empty: all that the venue leaves
/// @param venue only services connected to this venue; empty: all that the service leaves
/// @param limit how long to wait until no order is open, before each harder measure; above zero
/// @param by the operator
/// @param reason in the operator's words; may be empty
public record KillOrder(
        String name,
        Optional<String> service,
        Optional<String> venue,
        Duration limit,
        String by,
        String reason) {
    public KillOrder {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a kill has a name");
        }
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("the limit is above zero, got " + limit);
        }
    }
}
