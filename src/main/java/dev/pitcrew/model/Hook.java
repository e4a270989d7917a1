package dev.pitcrew.model;

import java.time.Duration;
import java.util.List;

/// How an instance is told to do something.
public sealed interface Hook {
    /// How long to wait for the answer.
    Duration timeout();

    /// POST on the instance's `http` port, with the activation token in a header.
    ///
    /// @param path starts with a slash
    record HttpHook(String path, Duration timeout) implements Hook {}

    /// A command that finds the activation token in its environment; exit code 0 is done.
    record CommandHook(List<Template> command, Duration timeout) implements Hook {
        public CommandHook {
            command = List.copyOf(command);
        }
    }

    /// A signal to the process. It carries no token, so it may only make the instance send less.
    record SignalHook(Signal signal, Duration timeout) implements Hook {}

    /// The signals that a program can handle.
    enum Signal {
        TERM,
        INT,
        HUP,
        QUIT,
        USR1,
        USR2
    }
}
