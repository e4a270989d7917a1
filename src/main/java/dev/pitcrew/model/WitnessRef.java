package dev.pitcrew.model;

import java.net.URI;

/// Who else remembers the ledger's checkpoints.
public sealed interface WitnessRef {
    /// @param path a folder, on another mount if it is to be worth anything
    record FolderWitness(Template path) implements WitnessRef {}

    /// @param target `user@host:/path`
    record SshWitness(String target) implements WitnessRef {}

    /// A server of the C2SP witness protocol.
    ///
    /// @param key its verifier key, as C2SP signed-note writes it
    record UrlWitness(URI url, String key) implements WitnessRef {}
}
