package dev.pitcrew.deploy;

import dev.pitcrew.model.StateFormats;
import java.util.Set;

/// A version of a service as it was approved: what every instance of it must report before it gets traffic.
///
/// @param version its name
/// @param binary digest of the artifact, SHA-256 in hex
/// @param configuration digest of the configuration, SHA-256 in hex; empty when the service declares none
/// @param flags digest of the flags, SHA-256 in hex; empty when the service declares none
/// @param state the data formats that it writes and reads
public record Release(
        String version, String binary, String configuration, String flags, StateFormats state) {
    /// Of which nothing but the name is known, so that it equals no approved one.
    static Release named(String version) {
        return new Release(version, "", "", "", new StateFormats("", Set.of()));
    }
}
