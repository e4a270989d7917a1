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
    public static Map<String, Integer> ports(Container one, Map<String, Integer> inside) {
        var ports = new TreeMap<String, Integer>();
        inside.forEach(
                (name, number) -> {
                    if (one.network().equals("host")) {
                        ports.put(name, number);
                    }
                    port(one, number).ifPresent(port -> ports.put(name, port.outside()));
                });
        return ports;
    }

    /// The address of these ports: our own where they stand on all of the host's.
    static String host(Container one, Map<String, Integer> inside) {
        return inside.values().stream()
                .flatMap(number -> port(one, number).stream())
                .map(Container.Port::address)
                .filter(address -> !isEvery(address))
                .findFirst()
                .orElse(KnownProcess.LOOPBACK);
    }

    private static Optional<Container.Port> port(Container one, int number) {
        return one.ports().stream()
                .filter(port -> port.inside() == number && port.protocol().equals("tcp"))
                .filter(Container.Port::isPublished)
                .min(Comparator.comparing(port -> !isEvery(port.address())));
    }

    private static boolean isEvery(String address) {
        return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    }
}
