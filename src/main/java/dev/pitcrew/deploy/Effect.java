package dev.pitcrew.deploy;

import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Something done to the outside world. Each may be done twice without harm, because after a crash nobody knows whether it was done.
public sealed interface Effect {
    /// Waits for the ledger: never done before the entry that intends it is durable.
    sealed interface Ordinary extends Effect {}

    /// Waits for the ledger as well, but what comes after it need not: with it or without it, nobody may send who might not before. So while
    /// the ledger can't be written, a failover goes on past it, up to the fence that ends an old sender.
    sealed interface Dispensable extends Ordinary {}

    /// Only reduces risk, so it never waits for the ledger.
    sealed interface RiskReducing extends Effect {}

    /// Done to the balancer, and to no instance.
    sealed interface Steering extends Effect {}

    /// Starts an instance, passive.
    ///
    /// @param instance its name, never used before
    /// @param version the version that it runs
    record Start(String instance, String version) implements Ordinary {}

    /// Starts an instance of a service that knows no passive mode. It may send from the moment that it runs, so this is its activation.
    ///
    /// @param instance its name, never used before
    /// @param version the version that it runs
    record StartActive(String instance, String version) implements Ordinary {}

    /// Takes over a container that somebody else started, as it runs. It becomes an instance and is not restarted; the engine starts it no more by itself.
    ///
    /// @param instance its name from now on, never used before
    /// @param version the version that it counts as
    /// @param container its id, 64 hexadecimal digits
    /// @param isActive whether it may send, as the only one of its service
    record Adopt(String instance, String version, String container, boolean isActive)
            implements Ordinary {}

    /// Ends an instance: asks it to, then kills it.
    record Stop(String instance) implements Ordinary {}

    /// Tells an instance to stop sending and to wait for the answers it is owed.
    ///
    /// @param policy what becomes of its open orders
    record Drain(String instance, Token token, DrainPolicy policy) implements Ordinary {}

    /// Makes an instance the active one.
    ///
    /// @param token newer than every token that was ever used or seen
    record Activate(String instance, Token token) implements Ordinary {}

    /// Lifts the kill latch of a service, by one of its instances.
    ///
    /// @param token newer than every token that was ever used or seen
    record Rearm(String instance, Token token) implements Ordinary {}

    /// Makes the balancer hold new requests.
    ///
    /// @param limit how long a request is held before it is answered 503 with Retry-After
    record Hold(Duration limit) implements Dispensable, Steering {}

    /// Sends traffic to these instances, and first of all what was held.
    record Route(List<String> instances) implements Ordinary, Steering {
        public Route {
            instances = List.copyOf(instances);
        }
    }

    /// Sends a share of clients to some instances, and the others to the rest; and first of all what was held. Which client is on which side
    /// depends on its key alone.
    ///
    /// @param instances who gets the rest
    /// @param canaries who gets the share
    record Share(List<String> instances, List<String> canaries, Fraction share)
            implements Ordinary, Steering {
        public Share {
            instances = List.copyOf(instances);
            canaries = List.copyOf(canaries);
        }
    }

    /// Makes an instance passive: it logs out and sends nothing.
    record Deactivate(String instance, Token token) implements RiskReducing {}

    /// Ends an instance at once and waits until the host confirms its death.
    record Kill(String instance) implements RiskReducing {}

    /// Sends traffic back to the last good version.
    record RouteBack(List<String> instances) implements RiskReducing, Steering {
        public RouteBack {
            instances = List.copyOf(instances);
        }
    }

    /// Whether this is another attempt at what the other tried, though perhaps under a newer token.
    default boolean isAgain(Effect other) {
        return getClass() == other.getClass() && on().equals(other.on());
    }

    /// The one instance that it is done to; empty when it is done to the balancer.
    private Optional<String> on() {
        return switch (this) {
            case Start one -> Optional.of(one.instance());
            case StartActive one -> Optional.of(one.instance());
            case Adopt one -> Optional.of(one.instance());
            case Stop one -> Optional.of(one.instance());
            case Drain one -> Optional.of(one.instance());
            case Activate one -> Optional.of(one.instance());
            case Rearm one -> Optional.of(one.instance());
            case Deactivate one -> Optional.of(one.instance());
            case Kill one -> Optional.of(one.instance());
            case Steering _ -> Optional.empty();
        };
    }
}
