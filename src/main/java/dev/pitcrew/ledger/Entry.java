package dev.pitcrew.ledger;

import java.time.Instant;

/// One entry of a ledger, as it was appended.
///
/// @param index from 0, without gaps
/// @param at when it was decided or observed
/// @param type what it says; perhaps unknown to this release
/// @param by who
/// @param subject what it is about; may be empty
/// @param body canonical JSON
public record Entry(
        long index, Instant at, EntryType type, String by, String subject, String body) {
    public Entry {
        if (index < 0) {
            throw new IllegalArgumentException("entries count from 0, got " + index);
        }
    }

    Entry(long index, NewEntry entry) {
        this(index, entry.at(), entry.type(), entry.by(), entry.subject(), entry.body());
    }
}
