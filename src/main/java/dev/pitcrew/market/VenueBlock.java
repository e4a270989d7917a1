package dev.pitcrew.market;

import dev.pitcrew.model.Place;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What one file says about one venue: all of it, or some lines that are laid over what another file says.
///
/// @param name the venue; [#EVERYWHERE] for what holds for all of them
/// @param place where it begins
/// @param text the lines, without comments
record VenueBlock(
        String name,
        Place place,
        Optional<String> title,
        Optional<ZoneId> zone,
        Optional<Known> known,
        List<Rule> rules,
        List<Around> arounds,
        String text) {
    static final String EVERYWHERE = "everywhere";

    VenueBlock {
        rules = List.copyOf(rules);
        arounds = List.copyOf(arounds);
    }

    /// @param from the first day that a calendar knows
    /// @param through the last one
    record Known(LocalDate from, LocalDate through) {}

    boolean isEverywhere() {
        return name.equals(EVERYWHERE);
    }

    /// Whether it says enough for a venue of its own. One without hours would never be open, and no change would ever wait for it.
    boolean isWhole() {
        return zone.isPresent()
                && known.isPresent()
                && rules.stream().anyMatch(rule -> rule.act() instanceof Rule.Act.Hours);
    }

    /// A venue of its own; only one that is whole.
    VenueRules alone() {
        var days = known.orElseThrow();
        return new VenueRules(
                name,
                title.orElse(name),
                zone.orElseThrow(),
                days.from(),
                days.through(),
                rules,
                arounds,
                text);
    }
}
