package dev.pitcrew.runtime.process;

import dev.pitcrew.runtime.process.Placement.Wish;
import java.util.List;
import java.util.Optional;

/// Where the instances of a desk on several hosts are. Every method may throw [dev.pitcrew.model.OperationFailed] when the place that
/// they are kept in doesn't answer, and what only the leading controller may do is refused to every other.
public interface Placements {
    /// All of them, in the order of their names.
    List<Placement> all();

    /// Says where an instance is about to start; for who leads. One that was placed on another host stays there, and is refused.
    void put(Placement placement);

    /// Asks the host of an instance for something, or for nothing any more; for who leads.
    void ask(String instance, Optional<Wish> wish);

    /// Says that an instance is dead; for the host that it ran on, whoever leads.
    void ended(String instance, String host);

    /// Drops an instance that is dead; for who leads.
    void forget(String instance);
}
