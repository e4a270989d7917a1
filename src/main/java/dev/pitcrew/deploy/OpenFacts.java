package dev.pitcrew.deploy;

import dev.pitcrew.market.Calendar;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.SequenceNumbers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a start of day asks beyond what is observed all the time.
///
/// @param venues the calendars of the venues that are listed
/// @param calendarProblem why they can't be asked; empty when they can
/// @param sequences numbers of the FIX session of each active instance, by service
/// @param backups how old each backup was when its age was looked up, by its name
/// @param before the numbers that the last start of day saw, by service
/// @param killTested when the kill switch of each service was last seen to work, by service
/// @param troubles what keeps the controller from its work; empty when nothing does
public record OpenFacts(
        List<Calendar> venues,
        Optional<String> calendarProblem,
        Map<String, Observed<SequenceNumbers>> sequences,
        Map<String, Observed<Duration>> backups,
        Map<String, SequenceNumbers> before,
        Map<String, Instant> killTested,
        List<String> troubles) {
    public OpenFacts {
        venues = List.copyOf(venues);
        sequences = Map.copyOf(sequences);
        backups = Map.copyOf(backups);
        before = Map.copyOf(before);
        killTested = Map.copyOf(killTested);
        troubles = List.copyOf(troubles);
    }

    /// Of which nothing is known.
    public static final OpenFacts UNKNOWN =
            new OpenFacts(
                    List.of(), Optional.empty(), Map.of(), Map.of(), Map.of(), Map.of(), List.of());
}
