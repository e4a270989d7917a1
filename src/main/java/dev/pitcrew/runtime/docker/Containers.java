package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.process.Processes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Instances as containers, of one engine or of several, and what only containers can be asked for.
public interface Containers extends Processes {
    /// The id of the image that an instance runs.
    ///
    /// @return empty when it does not run, or the engine does not say at once
    Optional<String> image(String instance);

    /// What its own health check says: `healthy`, `unhealthy` or `starting`.
    ///
    /// @return empty when it has none or does not run, or the engine does not say at once
    Optional<String> health(String instance);

    /// The last lines that it printed, on both outputs, as the engine keeps them.
    ///
    /// @return empty for one that was never started here
    /// @throws OperationFailed when the engine does not say
    List<String> log(String instance, int lines);

    /// What it prints from now on, line by line, until it is closed or ends.
    AutoCloseable follow(String instance, Consumer<String> line);
}
