package dev.pitcrew.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// How a person is called. What happened is handed over as JSON: to a command on its standard input and in short in `PITCREW_ALARM`, to
/// a server as the body of a POST.
public sealed interface Alarm {
    /// Until then it has to have taken it.
    Duration timeout();

    /// @param command the argument vector, started without a shell
    record CommandAlarm(List<Template> command, Duration timeout) implements Alarm {
        public CommandAlarm {
            command = List.copyOf(command);
        }
    }

    /// @param url takes a POST, and answers it with a status from 200 to 299
    record HttpAlarm(URI url, Duration timeout) implements Alarm {}
}
