package dev.pitcrew.model;

import java.util.Optional;

/// A Docker engine as the system file names it.
///
/// @param at `unix:///PATH`, `tcp://HOST:PORT`, `ssh://USER@HOST` or `context:NAME`
/// @param certificates by TLS: the folder of `ca.pem`, `cert.pem` and `key.pem`
/// @param identity by SSH: the private key's file; empty: those that ssh takes by itself
/// @param knownHosts by SSH: the file with the host's key; empty: those that ssh takes by itself
public record EngineRef(
        String at,
        Optional<Template> certificates,
        Optional<Template> identity,
        Optional<Template> knownHosts) {
    /// One that needs no keys, or finds them by itself.
    public static EngineRef of(String at) {
        return new EngineRef(at, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
