package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.market.Calendar;
import dev.pitcrew.market.Calendars;
import dev.pitcrew.market.Clearance;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.MarketLimit;
import dev.pitcrew.model.Opening;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Measures the gate `market`: how many of its venues stand against a change. The operator's own calendar file is read again whenever it has
/// changed, since what closes a market is often announced on the day; while it can't be read, every venue stands against everything.
public final class Markets {
    private final MarketLimit limit;
    private final Optional<Path> file;
    private final Calendars builtIn = Calendars.builtIn();
    private volatile Known known;

    /// @param text of the file, as it was read
    /// @param problem why no calendar can be asked; empty when they can
    private record Known(String text, List<Calendar> venues, String problem) {}

    private Markets(MarketLimit limit, Optional<Path> file) {
        this.limit = limit;
        this.file = file;
        this.known = new Known("", List.of(), "not read yet");
        refresh();
    }

    /// The markets that the gates of an environment name; empty when they name none.
    public static Optional<Markets> of(TradingSystem system, Environment environment) {
        return environment
                .gates()
                .market()
                .map(limit -> new Markets(limit, limit.calendars().map(system.folder()::resolve)));
    }

    /// The markets of a service, where its own venues name segments: in place of those that the gates of the environment name.
    public static Optional<Markets> of(
            TradingSystem system, Environment environment, Service service) {
        var segments =
                service.venues().stream()
                        .flatMap(name -> system.venue(name).segments().stream())
                        .distinct()
                        .toList();
        return environment
                .gates()
                .market()
                .filter(_ -> !segments.isEmpty())
                .map(
                        limit ->
                                new Markets(
                                        new MarketLimit(
                                                segments,
                                                limit.clear(),
                                                limit.isInSession(),
                                                limit.calendars()),
                                        limit.calendars().map(system.folder()::resolve)));
    }

    /// The markets that a start of day is about: those that it lists, else those of the gates, and the one whose open is its deadline.
    public static Optional<Markets> ofOpening(TradingSystem system, Environment environment) {
        var opening = environment.opening();
        var market = environment.gates().market();
        var venues =
                new LinkedHashSet<>(
                        opening.venues().isEmpty()
                                ? market.map(MarketLimit::venues).orElse(List.of())
                                : opening.venues());
        if (opening.by().orElse(null) instanceof Opening.BeforeOpen(var venue, _)) {
            venues.add(venue);
        }
        return venues.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Markets(
                                new MarketLimit(
                                        List.copyOf(venues), Duration.ZERO, true, Optional.empty()),
                                market.flatMap(MarketLimit::calendars)
                                        .map(system.folder()::resolve)));
    }

    /// The calendars of the venues; none while they can't be asked.
    List<Calendar> venues() {
        return known.venues;
    }

    /// Why it can't tell anything, with each place in the calendar file; empty when it can.
    public Optional<String> problem() {
        return Optional.of(known.problem).filter(text -> !text.isEmpty());
    }

    /// Looks whether the file has changed. It reads from a disk, so it belongs on a thread that may wait.
    void refresh() {
        known = file.isPresent() ? read(file.get()) : known("", builtIn);
    }

    Measure measure(Instant at) {
        var now = known;
        if (!now.problem.isEmpty()) {
            return new Measure(
                    limit.venues().size(), "the calendars", now.problem.replace('\n', ' '));
        }
        var clearance = Clearance.of(limit, now.venues, at);
        return new Measure(clearance.inTheWay(), "the calendars", clearance.sentence());
    }

    private Known read(Path path) {
        try {
            var text = Files.readString(path);
            if (known.text.equals(text) && known.problem.isEmpty()) {
                return known;
            }
            return switch (builtIn.with(path.toString(), text)) {
                case Read.Good<Calendars>(var all) -> known(text, all);
                case Read.Bad<Calendars>(var problems) ->
                        new Known(
                                text,
                                List.of(),
                                problems.stream()
                                        .map(Problem::toString)
                                        .collect(Collectors.joining("\n")));
            };
        } catch (IOException e) {
            return new Known("", List.of(), path + " can't be read: " + e);
        }
    }

    private Known known(String text, Calendars all) {
        var found = new ArrayList<Calendar>();
        for (var name : limit.venues()) {
            var calendar = all.calendar(name);
            if (calendar.isEmpty()) {
                return new Known(
                        text,
                        List.of(),
                        "no venue is called %s; known are %s"
                                .formatted(name, String.join(", ", all.names())));
            }
            found.add(calendar.get());
        }
        return new Known(text, found, "");
    }
}
