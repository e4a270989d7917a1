package dev.pitcrew.model;

import java.time.Duration;
import java.util.List;

/// Market data from a venue.
///
/// @param venue the name of the venue
/// @param lines names of the redundant lines, at least one
/// @param staleAfter without data for so long, it is stale
/// @param usedBy names of services
public record Feed(
        String name, String venue, List<String> lines, Duration staleAfter, List<String> usedBy) {
    public Feed {
        Words.requireName(name);
        lines = List.copyOf(lines);
        usedBy = List.copyOf(usedBy);
    }
}
