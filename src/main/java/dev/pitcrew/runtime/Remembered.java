package dev.pitcrew.runtime;

import dev.pitcrew.deploy.DeskEvent.KillTested;
import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.deploy.DeskEvent.OpenChecked;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.SequenceNumbers;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the edge asks of the past: a fold over the ledger. Pure.
///
/// @param tested when the kill switch of a service was last seen to work; `*` for the whole desk
/// @param sequences the numbers of FIX sessions that the last start of day saw, by service
/// @param opened when the controller last asked for a start of day by itself; `Instant.MIN` when it never did
/// @param reports of kills and of their tests
record Remembered(
        Map<String, Instant> tested,
        Map<String, SequenceNumbers> sequences,
        Instant opened,
        Set<Report> reports) {
    /// Nothing happened yet.
    static final Remembered NOTHING = new Remembered(Map.of(), Map.of(), Instant.MIN, Set.of());

    Remembered {
        tested = Map.copyOf(tested);
        sequences = Map.copyOf(sequences);
        reports = Set.copyOf(reports);
    }

    /// What tells one report of a kill or of its test from all others.
    record Report(String type, Instant at, String service, String by) {
        static Optional<Report> of(Event event) {
            return switch (event) {
                case Killed one when one.spooled() ->
                        Optional.of(new Report("killed", one.at(), one.service(), one.by()));
                case KillTested one ->
                        Optional.of(new Report("kill-tested", one.at(), one.service(), one.by()));
                default -> Optional.empty();
            };
        }
    }

    /// After an event; most leave it as it is.
    Remembered fold(Event event) {
        return switch (event) {
            case KillTested one -> {
                var last = new HashMap<>(tested);
                if (KillCheck.isSeen(one)) {
                    last.merge(one.service(), one.at(), (a, b) -> a.isAfter(b) ? a : b);
                }
                yield new Remembered(last, sequences, opened, reportsWith(event));
            }
            case Killed _ -> new Remembered(tested, sequences, opened, reportsWith(event));
            case OpenChecked one ->
                    new Remembered(
                            tested,
                            one.sequences(),
                            one.by().isEmpty() ? one.at() : opened,
                            reports);
            default -> this;
        };
    }

    private Set<Report> reportsWith(Event event) {
        var more = new HashSet<>(reports);
        Report.of(event).ifPresent(more::add);
        return more;
    }
}
