package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Steers requests of clients to the instances of a service. Every call is idempotent, durable before it answers, and
/// answers within 2 s, or for nginx within 5 s.
public interface Traffic {
    /// The same traffic, whose balancer is told with each call which change it belongs to, where it can be told.
    ///
    /// @param change such as `r7/forward`
    default Traffic under(String change) {
        return this;
    }

    /// The same traffic, whose balancer adds to each request that it forwards which change its target was started by, where it can.
    ///
    /// @param changes by target, such as `r7/forward`
    default Traffic marking(Map<Address, String> changes) {
        return this;
    }

    /// Whether it parks requests while it holds. One that can't answers each of them at once with 503 and Retry-After: nothing was
    /// sent to any target, so a client that tries again with the same id gets exactly one order.
    default boolean canHold() {
        return true;
    }

    /// How long connections to an instance that gets no new requests may go on before they are [cut][#cut]; empty: for as long as
    /// they like.
    default Optional<Duration> patience(String service) {
        return Optional.empty();
    }

    /// Closes the connections that are still with an instance that gets no new requests.
    ///
    /// @return how things stand after it
    default TrafficAnswer cut(String service) {
        return state(service);
    }

    /// Sends new requests to these targets, in turn; without any, new requests get 503 at once. Requests in flight stay
    /// where they are. Doesn't end a hold: what is held goes to the new targets once released.
    TrafficAnswer route(String service, List<Address> targets);

    /// Parks new requests until [#release], each for at most the limit; then it gets 503 with Retry-After. Holding
    /// again takes over the new limit for later requests.
    ///
    /// @param limit from 1 ms to 1 min
    TrafficAnswer hold(String service, Duration limit);

    /// Sends what is held on its way to the current targets, and holds no more.
    TrafficAnswer release(String service);

    /// Both at once: new requests go to these targets, and what is held goes to them first.
    TrafficAnswer open(String service, List<Address> targets);

    /// As [#open], where requests are not all alike.
    TrafficAnswer split(String service, TrafficSplit split);

    /// How things stand, with the counts of this moment.
    TrafficAnswer state(String service);

    /// Where new requests of each service go, all in one look that is cheap enough to take twice a second; empty when that is unknown.
    Optional<Map<String, TrafficRoute>> routes();
}
