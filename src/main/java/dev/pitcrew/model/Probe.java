package dev.pitcrew.model;

import java.util.List;
import java.util.Optional;

/// How one fact is read from an instance.
public sealed interface Probe {
    /// GET on the instance's `http` port.
    ///
    /// @param path starts with a slash
    /// @param pointer where the value stands in a JSON answer (RFC 6901); absent: the status alone counts
    record HttpProbe(String path, Optional<String> pointer) implements Probe {}

    /// A sample of the instance's `/metrics` in Prometheus text.
    ///
    /// @param metric its name, with labels when it has some
    record MetricProbe(String metric) implements Probe {}

    /// The first column of the first row.
    ///
    /// @param store the name of the store to ask
    record SqlProbe(String store, String query) implements Probe {}

    /// What a command prints; for readiness its exit code counts.
    record CommandProbe(List<Template> command) implements Probe {
        public CommandProbe {
            command = List.copyOf(command);
        }
    }
}
