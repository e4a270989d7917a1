package dev.pitcrew.deploy;

import java.util.List;

/// What a version brings along when it is promoted: entries of the ledger of the environment that it serves in, each with its proof.
///
/// @param environment where it serves
/// @param key the public key of that environment's ledger, as C2SP signed-note writes it
/// @param service which service
/// @param version which version
/// @param rollout the change that brought it there
/// @param entries of that change, in their order
public record Promotion(
        String environment,
        String key,
        String service,
        String version,
        String rollout,
        List<Proven> entries) {
    public Promotion {
        entries = List.copyOf(entries);
    }

    /// An entry and what proves that it is in that ledger.
    ///
    /// @param index in that ledger
    /// @param type such as `rollout.planned@2`
    /// @param leaf the bytes that the ledger's tree commits to, in Base64; names in it are commitments
    /// @param proof a C2SP tlog-proof
    public record Proven(long index, String type, String leaf, String proof) {}
}
