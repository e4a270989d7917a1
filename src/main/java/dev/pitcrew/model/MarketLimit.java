package dev.pitcrew.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When a change may begin, as the markets go.
///
/// @param venues names of calendars, such as `XNYS`; at least one
/// @param clear how far it stays from every open and close, those of breaks included
/// @param isInSession whether it may begin while one of them trades, that far from open and close
/// @param calendars the operator's own calendar file, from the system file's folder on
public record MarketLimit(
        List<String> venues, Duration clear, boolean isInSession, Optional<Path> calendars) {
    public MarketLimit {
        venues = List.copyOf(venues);
        if (venues.isEmpty()) {
            throw new IllegalArgumentException("a market gate needs a venue");
        }
    }
}
