/// Tamper-evident history: entries, the Merkle tree over them, signed checkpoints, proofs, verification.
///
/// In: entries whose body is canonical JSON, and a [LedgerStore] that makes them durable. Out: proofs and verdicts that
/// anyone can check offline. The tree is RFC 6962's; notes, checkpoints, cosignatures and proof files are C2SP's. Read
/// [Ledger] first, then [Verification], then [Witness].
@NullMarked
package dev.pitcrew.ledger;

import org.jspecify.annotations.NullMarked;
