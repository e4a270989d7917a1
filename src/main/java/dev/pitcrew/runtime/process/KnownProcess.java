package dev.pitcrew.runtime.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// An instance as it stands in the registry, whoever started it.
///
/// @param instance its name
/// @param service the service that it is an instance of; empty when its entry can't be read
/// @param version what it was started with
/// @param argv its command line
/// @param ports its own ports by name
/// @param log where its output goes
/// @param state what is known of its process now
/// @param host where its ports are
public record KnownProcess(
        String instance,
        String service,
        String version,
        List<String> argv,
        Map<String, Integer> ports,
        Path log,
        ProcessState state,
        String host) {
    /// Where the ports are of what runs on this machine, unless it has other hosts beside it.
    public static final String LOOPBACK = "127.0.0.1";

    public KnownProcess {
        argv = List.copyOf(argv);
        ports = Map.copyOf(ports);
    }

    /// An instance of which nothing can be read but that there is one.
    ///
    /// @param why what is wrong with its entry
    static KnownProcess unreadable(String instance, String why) {
        return new KnownProcess(
                instance,
                "",
                "",
                List.of(),
                Map.of(),
                Path.of(instance + ".log"),
                new ProcessState.Unknown(why),
                LOOPBACK);
    }

    /// The same, whose ports are at this address.
    KnownProcess on(String address) {
        return new KnownProcess(instance, service, version, argv, ports, log, state, address);
    }

    /// Whether its entry can be read.
    public boolean isReadable() {
        return !service.isEmpty();
    }
}
