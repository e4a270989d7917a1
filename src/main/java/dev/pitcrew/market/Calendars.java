package dev.pitcrew.market;

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
import java.util.function.Supplier;

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

    private final Map<String, Supplier<VenueRules>> venues;
    private final Map<String, VenueRules> read = new ConcurrentHashMap<>();
    private final Map<String, Calendar> laidOut = new ConcurrentHashMap<>();

    private Calendars(Map<String, Supplier<VenueRules>> venues) {
        this.venues = venues;
    }

    /// Those that come with Pitcrew. Each is read when it is asked for, since most questions are about a few.
    public static Calendars builtIn() {
        var venues = new LinkedHashMap<String, Supplier<VenueRules>>();
        BUILT_IN.forEach(name -> venues.put(name, () -> ours(name)));
        return new Calendars(venues);
    }

    private static VenueRules ours(String name) {
        var parsed = CalendarFile.read(name + ".calendar", text(name));
        if (!parsed.problems().isEmpty()) {
            throw new IllegalStateException("our own calendar: " + parsed.problems());
        }
        return parsed.blocks().getFirst().alone();
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
        var changed = new LinkedHashMap<String, Supplier<VenueRules>>();
        venues.keySet().forEach(name -> changed.put(name, () -> rules(name)));
        for (var block : blocks) {
            if (block.isEverywhere()) {
                continue;
            }
            if (venues.containsKey(block.name())) {
                changed.put(block.name(), () -> rules(block.name()).with(block));
            } else if (block.isWhole()) {
                changed.put(block.name(), block::alone);
            } else {
                problems.add(
                        new Problem(
                                block.place(),
                                "%s is none of our venues, so it needs the lines zone, known and hours; ours are %s"
                                        .formatted(
                                                block.name(), String.join(", ", venues.keySet()))));
            }
        }
        blocks.stream()
                .filter(VenueBlock::isEverywhere)
                .forEach(
                        block ->
                                changed.replaceAll(
                                        (_, venue) -> () -> venue.get().everywhere(block)));
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
        return venues.containsKey(name)
                ? Optional.of(laidOut.computeIfAbsent(name, _ -> Calendar.of(rules(name))))
                : Optional.empty();
    }

    /// What a venue's calendar is laid out from.
    ///
    /// @param name one of [#names()]
    VenueRules rules(String name) {
        return read.computeIfAbsent(
                name, _ -> Objects.requireNonNull(venues.get(name), name).get());
    }
}
