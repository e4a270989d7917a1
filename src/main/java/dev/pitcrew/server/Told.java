package dev.pitcrew.server;

import dev.pitcrew.ledger.Entry;
import java.time.Instant;

/// An entry of the ledger, as the API sends it.
///
/// @param index from 0
/// @param type such as `rollout.started@1`
/// @param body canonical JSON
public record Told(long index, Instant at, String type, String by, String subject, String body) {
    /// @param entry with what is personal in it in the clear
    static Told of(Entry entry) {
        return new Told(
                entry.index(),
                entry.at(),
                entry.type().toString(),
                entry.by(),
                entry.subject(),
                entry.body());
    }
}
