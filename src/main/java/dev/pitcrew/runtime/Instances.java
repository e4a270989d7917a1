package dev.pitcrew.runtime;

import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Instances as hooks and probes need them, made once for each.
final class Instances {
    private final TradingSystem system;
    private final Addresses addresses;
    private final Variables variables;
    private final Map<String, Instance> made = new ConcurrentHashMap<>();

    Instances(TradingSystem system, Addresses addresses, Variables variables) {
        this.system = system;
        this.addresses = addresses;
        this.variables = variables;
    }

    /// @return empty for an instance that was never started here
    /// @throws IllegalArgumentException when a command of it names something unknown
    Optional<Instance> of(Service service, String version, String name) {
        var known = made.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var found =
                addresses
                        .listening(name)
                        .map(
                                listening ->
                                        new Instance(
                                                name,
                                                listening.http(),
                                                variables.all(
                                                        service, version, name, listening.ports()),
                                                variables.stores(),
                                                system.folder()));
        found.ifPresent(one -> made.put(name, one));
        return found;
    }

    /// Where it listens; empty for one that was never started here.
    Optional<Address> address(String name) {
        return addresses.of(name);
    }

    /// Forgets an instance, because it is gone or gets other ports.
    void forget(String name) {
        made.remove(name);
    }
}
