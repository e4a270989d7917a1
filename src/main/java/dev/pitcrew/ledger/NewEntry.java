package dev.pitcrew.ledger;

import java.time.Instant;
import java.util.List;

/// What to append.
///
/// @param at when it was decided or observed
/// @param type what it says
/// @param by who: `controller`, or a commitment to an operator's name; one line
/// @param subject what it is about, such as a rollout's id; one line, may be empty
/// @param body canonical JSON (RFC 8785), so one line
/// @param openings clear values behind the commitments in `by` and in the body; kept beside the ledger, and may be erased
public record NewEntry(
        Instant at,
        EntryType type,
        String by,
        String subject,
        String body,
        List<Opening> openings) {
    public NewEntry {
        oneLine("by", by);
        oneLine("subject", subject);
        oneLine("body", body);
        openings = List.copyOf(openings);
    }

    /// Without personal or secret values.
    public NewEntry(Instant at, EntryType type, String by, String subject, String body) {
        this(at, type, by, subject, body, List.of());
    }

    /// The export is lines of fields, and terminals obey control characters: neither may come in through an entry.
    static void oneLine(String what, String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF)) {
                throw new IllegalArgumentException(
                        "%s has a control character or half a surrogate pair at %d"
                                .formatted(what, i));
            }
            i += Character.charCount(c);
        }
    }
}
