package dev.pitcrew.ledger;

/// An entry as it is stored.
///
/// @param data the canonical bytes of the entry
/// @param hash its RFC 6962 leaf hash; proofs are made from these without reading the data
/// @param link 16 bytes that bind it to all before it, so that verification can name the first entry out of place
public record Leaf(Bytes data, Hash hash, Bytes link) {}
