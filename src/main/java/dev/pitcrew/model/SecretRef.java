package dev.pitcrew.model;

import java.util.List;
import java.util.Optional;

/// Where a secret's value is fetched from when a process starts. The value itself is never stored or shown.
public sealed interface SecretRef {
    /// The file's text, without the line break at its end.
    ///
    /// @param path relative to the folder of the system file
    record FileSecret(Template path) implements SecretRef {}

    /// A variable of the controller's own environment.
    record EnvSecret(String variable) implements SecretRef {}

    /// Text with secrets in it.
    ///
    /// @param text its variables are those of the controller's environment, else lines `NAME=value` of the file
    /// @param lines the file, relative to the folder of the system file; empty: none
    record TextSecret(Template text, Optional<Template> lines) implements SecretRef {}

    /// What a command prints, without the line break at its end.
    record CommandSecret(List<Template> command) implements SecretRef {
        public CommandSecret {
            command = List.copyOf(command);
        }
    }
}
