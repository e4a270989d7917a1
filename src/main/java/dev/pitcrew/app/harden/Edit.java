package dev.pitcrew.app.harden;

/// Other text instead of a span of a file.
///
/// @param file relative to the repository
/// @param start the first character of the span, from 0
/// @param end the one after its last; as `start` where something is only added
/// @param text instead; may be empty
public record Edit(String file, int start, int end, String text) {
    public Edit {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: " + start + " to " + end);
        }
    }

    /// Whether two edits can't both be made, or not without saying which comes first.
    boolean meets(Edit other) {
        return file.equals(other.file)
                && (start == other.start || (start < other.end && other.start < end));
    }
}
