package dev.pitcrew.market;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// A venue's calendar as it is written down: rules, not days.
///
/// @param name such as `XNYS`: an ISO 10383 MIC, or a product group where hours differ
/// @param title for people
/// @param zone whose clock its times are of
/// @param from the first day that it knows
/// @param through the last one; after it, all is UNKNOWN
/// @param rules in the order of the file; the later one holds
/// @param arounds phases before and after sessions
/// @param text what it was read from, in which a difference anywhere shows
record VenueRules(
        String name,
        String title,
        ZoneId zone,
        LocalDate from,
        LocalDate through,
        List<Rule> rules,
        List<Around> arounds,
        String text) {
    VenueRules {
        rules = List.copyOf(rules);
        arounds = List.copyOf(arounds);
    }

    /// The same with more lines after these, which so hold before them.
    VenueRules with(VenueBlock more) {
        var all = new ArrayList<>(rules);
        all.addAll(more.rules());
        var phases = new ArrayList<>(arounds);
        phases.addAll(more.arounds());
        return new VenueRules(
                name,
                more.title().orElse(title),
                more.zone().orElse(zone),
                more.known().map(VenueBlock.Known::from).orElse(from),
                more.known().map(VenueBlock.Known::through).orElse(through),
                all,
                phases,
                text + "\n" + more.text());
    }

    /// The same with freezes that hold everywhere, by the clock of the file or else of the venue.
    VenueRules everywhere(VenueBlock freezes) {
        var all = new ArrayList<>(rules);
        freezes.rules().forEach(rule -> all.add(rule.by(freezes.zone())));
        return new VenueRules(
                name, title, zone, from, through, all, arounds, text + "\n" + freezes.text());
    }
}
