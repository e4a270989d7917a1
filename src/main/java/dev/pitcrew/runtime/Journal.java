package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.OperationFailed;
import java.util.List;
import java.util.function.Consumer;

/// Where events are made durable.
public interface Journal {
    /// All events so far, in order.
    List<Event> replay();

    /// The same one after the other, for a past that is too long to be held at once.
    default void replay(Consumer<Event> action) {
        replay().forEach(action);
    }

    /// Appends events in order, all or none; they are durable on return.
    ///
    /// @throws OperationFailed when they could not be made durable; whether they were is then unknown until the journal is opened again
    void append(List<Event> events);
}
