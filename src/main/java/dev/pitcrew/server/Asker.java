package dev.pitcrew.server;

import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.TradingSystem.Owner;
import dev.pitcrew.model.Words;
import dev.pitcrew.server.Sessions.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Who asks, and what he may.
///
/// | what he asks for | whose rights count |
/// |---|---|
/// | to read | anybody's who has the system or one of its services: a ledger can't be read in part |
/// | what is about one service | those of that service's owner |
/// | what is about all of the desk, such as a freeze | those of the system's owner |
///
/// @param session when he asks at the console; empty when he asks with his token
/// @param place the environment, and whose all of it is
record Asker(Operators.Known operator, Optional<Session> session, Place place) {
    /// Where he asks.
    ///
    /// @param owner of the system; empty when the system file names none
    /// @param services whose each of them is
    record Place(String environment, Optional<Owner> owner, Map<String, Optional<Owner>> services) {
        Place {
            services = Map.copyOf(services);
        }

        static Place of(TradingSystem system, String environment) {
            return new Place(
                    environment,
                    system.owner(),
                    system.services().stream()
                            .map(Service::name)
                            .collect(Collectors.toMap(Function.identity(), system::ownerOf)));
        }

        private Optional<Owner> owner(String service) {
            return services.getOrDefault(service, owner);
        }
    }

    String name() {
        return operator.name();
    }

    /// What is about all of the desk.
    boolean may(Right right, Instant now) {
        return right == Right.READ
                ? mayAnywhere(right, now)
                : isAllowed(right, now) && grant().covers(place.owner());
    }

    /// What is about one service.
    boolean may(Right right, String service, Instant now) {
        return isAllowed(right, now) && grant().covers(place.owner(service));
    }

    /// What is about some part of the desk.
    boolean mayAnywhere(Right right, Instant now) {
        return isAllowed(right, now)
                && (grant().covers(place.owner())
                        || place.services().values().stream().anyMatch(grant()::covers));
    }

    private boolean isAllowed(Right right, Instant now) {
        return grant().allows(right, place.environment(), now);
    }

    private Grant grant() {
        return operator.grant();
    }

    /// For some part of the desk; which one is asked about once it is known.
    ///
    /// @throws Refusal when he may not
    void demandAnywhere(Right right, Instant now) {
        demand(right, mayAnywhere(right, now), place.environment(), now);
    }

    /// For all of the desk.
    ///
    /// @throws Refusal when he may not
    void demand(Right right, Instant now) {
        demand(right, may(right, now), "all of " + place.environment(), now);
    }

    /// For one service.
    ///
    /// @throws Refusal when he may not
    void demand(Right right, String service, Instant now) {
        var whose = place.owner(service).map(one -> " of " + one.text()).orElse("");
        demand(right, may(right, service, now), place.environment() + whose, now);
    }

    private void demand(Right right, boolean may, String where, Instant now) {
        if (!grant().isValid(now)) {
            throw new Refusal(
                    401,
                    "expired",
                    "the token of " + name() + " has expired",
                    "`pitcrew operator add NAME` makes another");
        }
        if (!may) {
            throw new Refusal(
                    403,
                    "not-allowed",
                    "%s may not do that in %s: it needs the right %s there"
                            .formatted(name(), where, Words.of(right)),
                    "somebody who may write the data folder gives rights: `pitcrew operator add NAME --rights … --of …`");
        }
    }
}
