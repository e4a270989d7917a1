package dev.pitcrew.runtime.docker;

import dev.pitcrew.runtime.process.KnownProcess;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where on its host a container listens that somebody else made. Pure.
public final class Published {
    private Published() {}

    /// By the names of the service's ports; what is not published is left out.
    ///
    /// @param inside where it listens inside, by name
    /// @param at the address under which its host is reached: what is published at another one is not
    public static Map<String, Integer> ports(
            Container one, Map<String, Integer> inside, String at) {
        var ports = new TreeMap<String, Integer>();
        inside.forEach(
                (name, number) -> {
                    if (one.network().equals("host")) {
                        ports.put(name, number);
                    }
                    port(one, number, at).ifPresent(port -> ports.put(name, port.outside()));
                });
        return ports;
    }

    /// The address of these ports: that of the host where they stand on all of its addresses.
    static String host(Container one, Map<String, Integer> inside, String at) {
        return inside.values().stream()
                .flatMap(number -> port(one, number, at).stream())
                .map(Container.Port::address)
                .filter(address -> !isEvery(address))
                .findFirst()
                .orElse(at);
    }

    private static Optional<Container.Port> port(Container one, int number, String at) {
        return one.ports().stream()
                .filter(
                        port ->
                                at.equals(KnownProcess.LOOPBACK) // this host has every address
                                        || isEvery(port.address())
                                        || port.address().equals(at))
                .filter(port -> port.inside() == number && port.protocol().equals("tcp"))
                .filter(Container.Port::isPublished)
                .min(Comparator.comparing(port -> !isEvery(port.address())));
    }

    private static boolean isEvery(String address) {
        return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    }
}
