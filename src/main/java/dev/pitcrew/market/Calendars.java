package dev.pitcrew.market;

import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The calendars of all venues: those that come with Pitcrew, and over them what an operator's own file says.
public final class Calendars {
    /// The venues that come with Pitcrew, each with a file of its name among the resources.
    public static final List<String> BUILT_IN =
            List.of(
                    "CME-CRYPTO",
                    "CME-ENERGY",
                    "CME-EQUITY",
                    "CME-FX",
                    "CME-RATES",
                    "CRYPTO",
                    "FX",
                    "XASX",
                    "XETR",
                    "XEUR",
                    "XHKG",
                    "XLON",
                    "XNAS",
                    "XNSE",
                    "XNYS",
                    "XPAR",
                    "XSES",
                    "XSWX",
                    "XTKS");

    private final Map<String, VenueRules> venues;
    private final Map<String, Calendar> laidOut = new ConcurrentHashMap<>();

    private Calendars(Map<String, VenueRules> venues) {
        this.venues = venues;
    }

    /// Those that come with Pitcrew.
    public static Calendars builtIn() {
        var venues = new LinkedHashMap<String, VenueRules>();
        for (var name : BUILT_IN) {
            var parsed = CalendarFile.read(name + ".calendar", text(name));
            if (!parsed.problems().isEmpty()) {
                throw new IllegalStateException("our own calendar: " + parsed.problems());
            }
            venues.put(name, parsed.blocks().getFirst().alone());
        }
        return new Calendars(venues);
    }

    private static String text(String name) {
        try (var stream = Calendars.class.getResourceAsStream(name + ".calendar")) {
            if (stream == null) {
                throw new IllegalStateException("no calendar of " + name + " among the resources");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same with an operator's own file over them: more venues, lines that hold before ours, freezes.
    ///
    /// @param file the path to show in problems
    /// @return all of them, or every problem of the file
    public Read<Calendars> with(String file, String text) {
        var parsed = CalendarFile.read(file, text);
        var problems = new ArrayList<>(parsed.problems());
        var all = with(parsed.blocks(), problems);
        problems.sort(Comparator.comparingInt(one -> one.place().line()));
        return problems.isEmpty() ? new Read.Good<>(all) : new Read.Bad<>(problems);
    }

    private Calendars with(List<VenueBlock> blocks, List<Problem> problems) {
        var changed = new LinkedHashMap<>(venues);
        for (var block : blocks) {
            if (block.isEverywhere()) {
                continue;
            }
            var base = changed.get(block.name());
            if (base != null) {
                changed.put(block.name(), base.with(block));
            } else if (block.zone().isEmpty() || block.known().isEmpty()) {
                problems.add(
                        new Problem(
                                block.place(),
                                "%s is none of our venues, so it needs the lines zone and known; ours are %s"
                                        .formatted(
                                                block.name(), String.join(", ", venues.keySet()))));
            } else {
                changed.put(block.name(), block.alone());
            }
        }
        blocks.stream()
                .filter(VenueBlock::isEverywhere)
                .forEach(block -> changed.replaceAll((_, venue) -> venue.everywhere(block)));
        var all = new Calendars(changed);
        for (var block : problems.isEmpty() ? blocks : List.<VenueBlock>of()) {
            if (changed.containsKey(block.name())) {
                try {
                    all.calendar(block.name());
                } catch (Calendar.OverlappingSessions e) {
                    problems.add(new Problem(block.place(), block.name() + ": " + e.getMessage()));
                }
            }
        }
        return all;
    }

    /// The names of all venues, ours first.
    public List<String> names() {
        return List.copyOf(venues.keySet());
    }

    /// The calendar of a venue, laid out when it is asked for the first time; empty when there is none of this name.
    public Optional<Calendar> calendar(String name) {
        var rules = venues.get(name);
        return rules == null
                ? Optional.empty()
                : Optional.of(laidOut.computeIfAbsent(name, _ -> Calendar.of(rules)));
    }

    /// What a venue's calendar is laid out from.
    VenueRules rules(String name) {
        return Objects.requireNonNull(venues.get(name), name);
    }

    /// SHA-256 over the calendars of some venues: what was believed when something was decided.
    public static Digest version(List<Calendar> calendars) {
        var text = new StringBuilder();
        calendars.forEach(
                one -> text.append(one.name()).append(' ').append(one.version()).append('\n'));
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
