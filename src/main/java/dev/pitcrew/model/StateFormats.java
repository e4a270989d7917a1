package dev.pitcrew.model;

import java.util.Set;

/// The data formats of one version.
///
/// @param writes the one it writes
/// @param reads all that it can read, in no order
public record StateFormats(String writes, Set<String> reads) {
    public StateFormats {
        reads = Set.copyOf(reads);
    }

    /// Whether this version can read what the other one writes.
    public boolean canRead(StateFormats other) {
        return reads.contains(other.writes);
    }
}
