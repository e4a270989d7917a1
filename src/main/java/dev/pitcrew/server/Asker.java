package dev.pitcrew.server;

import dev.pitcrew.model.Words;
import dev.pitcrew.server.Sessions.Session;
import java.time.Instant;
import java.util.Optional;

/// Who asks, and what he may.
///
/// @param session when he asks at the console; empty when he asks with his token
/// @param place the environment and the desk that the system belongs to
record Asker(Operators.Known operator, Optional<Session> session, Place place) {
    /// Where he asks.
    record Place(String environment, String owner) {}

    String name() {
        return operator.name();
    }

    boolean may(Right right, Instant now) {
        return operator.grant().allows(right, place.environment(), place.owner(), now);
    }

    /// @throws Refusal when he may not
    void demand(Right right, Instant now) {
        if (!operator.grant().isValid(now)) {
            throw new Refusal(
                    401,
                    "expired",
                    "the token of " + name() + " has expired",
                    "`pitcrew operator add NAME` makes another");
        }
        if (!may(right, now)) {
            throw new Refusal(
                    403,
                    "not-allowed",
                    "%s may not do that in %s: it needs the right %s there"
                            .formatted(name(), place.environment(), Words.of(right)),
                    "somebody who may write the data folder gives rights: `pitcrew operator add NAME --rights …`");
        }
    }
}
