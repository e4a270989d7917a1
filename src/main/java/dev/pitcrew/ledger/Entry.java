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
/// @param form how personal values stand in it
public record Entry(
        long index, Instant at, EntryType type, String by, String subject, String body, Form form) {
    /// How personal values stand in an entry.
    public enum Form {
        /// There are none, or they stand in the clear, as a release before commitments wrote them.
        CLEAR,
        /// Each is a [Commitment], in `by` as well as in the body.
        COMMITTED
    }

    public Entry {
        if (index < 0) {
            throw new IllegalArgumentException("entries count from 0, got " + index);
        }
    }

    Entry(long index, NewEntry entry) {
        this(
                index,
                entry.at(),
                entry.type(),
                entry.by(),
                entry.subject(),
                entry.body(),
                entry.openings().isEmpty() ? Form.CLEAR : Form.COMMITTED);
    }
}
