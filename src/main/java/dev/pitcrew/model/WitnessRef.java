package dev.pitcrew.model;

import java.net.URI;
import java.util.Optional;

/// Who else remembers the ledger's checkpoints.
public sealed interface WitnessRef {
    /// @param path a folder, on another mount if it is to be worth anything
    record FolderWitness(Template path) implements WitnessRef {}

    /// A folder on another host, whose host key has to be known already.
    ///
    /// @param target `user@host:/path`, or `ssh://user@host:port/path`
    /// @param identity the file of the private key; empty: those that ssh takes by itself
    /// @param knownHosts the file with the host's key; empty: those that ssh takes by itself
    record SshWitness(String target, Optional<Template> identity, Optional<Template> knownHosts)
            implements WitnessRef {}

    /// A server of the C2SP witness protocol.
    ///
    /// @param key its verifier key, as C2SP signed-note writes it
    record UrlWitness(URI url, String key) implements WitnessRef {}
}
