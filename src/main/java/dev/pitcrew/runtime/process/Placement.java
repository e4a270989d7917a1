package dev.pitcrew.runtime.process;

import java.util.Map;
import java.util.Optional;

/// Which host an instance was started on, as all controllers of a desk on several hosts can read it.
///
/// @param instance its name
/// @param host the address under which the other hosts reach it
/// @param service the service that it is an instance of
/// @param version what it was started with
/// @param ports its own ports by name
/// @param hasEnded whether that host has confirmed that it is dead
/// @param wanted what that host is asked to do with it; empty: nothing
public record Placement(
        String instance,
        String host,
        String service,
        String version,
        Map<String, Integer> ports,
        boolean hasEnded,
        Optional<Wish> wanted) {
    /// What a leading controller asks the host of an instance for. Both only reduce risk.
    public enum Wish {
        STOP,
        KILL
    }

    public Placement {
        ports = Map.copyOf(ports);
    }

    /// Of an instance that is about to start.
    static Placement of(ProcessSpec spec, String host) {
        return new Placement(
                spec.instance(),
                host,
                spec.service(),
                spec.version(),
                spec.ports(),
                false,
                Optional.empty());
    }

    /// Of an instance that was started before anybody wrote down where.
    static Placement of(KnownProcess known, String host) {
        return new Placement(
                known.instance(),
                host,
                known.service(),
                known.version(),
                known.ports(),
                false,
                Optional.empty());
    }

    /// Of an instance that the ledger lists and of which no host knows.
    public static Placement unknown(String instance, String service, String version) {
        return new Placement(
                instance, NOWHERE, service, version, Map.of(), false, Optional.empty());
    }

    /// Where an instance is of which no host knows: nothing answers there.
    static final String NOWHERE = "unknown.invalid";

    /// Once its host has confirmed that it is dead.
    Placement ended() {
        return new Placement(instance, host, service, version, ports, true, Optional.empty());
    }
}
