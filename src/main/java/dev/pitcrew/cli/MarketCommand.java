package dev.pitcrew.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pitcrew.market.Calendar;
import dev.pitcrew.market.Calendars;
import dev.pitcrew.market.ChangeWindows;
import dev.pitcrew.model.Read;
import dev.pitcrew.server.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew market status|sessions|windows`: when venues trade, and when a change may begin. It needs no system file.
@Command(
        description = {
            "status: the phase of each venue, and what comes next; of all venues when none is named.",
            "sessions VENUE: its sessions from --from to --to.",
            "windows: the next windows in which none of the venues trades; with --clear those in which none is near an open or a close, in the midst of sessions as well unless --closed is given."
        })
final class MarketCommand implements Callable<ExitCode> {
    enum Act {
        STATUS,
        SESSIONS,
        WINDOWS
    }

    private static final int DAYS_SHOWN = 7;

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "status|sessions|windows",
            description = "What to tell, as above.")
    private Act act = Act.STATUS;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "VENUE",
            description = "Such as XNYS; docs/markets.md lists them.")
    private List<String> venues = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description =
                    "The moment that is asked about, such as 2026-11-25T14:30:00Z; else now. Windows are looked for from it on.")
    private @Nullable Instant at;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "With sessions: the first day, such as 2026-11-25; else that of --at.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "With sessions: the last day; else a week later.")
    private @Nullable LocalDate to;

    @Option(
            names = "--minutes",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description = "With windows: the shortest one; else ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--clear",
            paramLabel = "NUMBER",
            description =
                    "With windows: so many minutes from every open and close, those of breaks included.")
    private @Nullable Integer clear;

    @Option(
            names = "--closed",
            description = "With windows and --clear: none of the venues trades, either.")
    private boolean isClosedOnly;

    @Option(
            names = "--days",
            paramLabel = "NUMBER",
            defaultValue = "35",
            description = "With windows: how far to look; else ${DEFAULT-VALUE}.")
    private int days;

    @Option(
            names = "--most",
            paramLabel = "NUMBER",
            defaultValue = "10",
            description = "With windows: how many; else ${DEFAULT-VALUE}.")
    private int most;

    @Option(
            names = "--calendars",
            paramLabel = "FILE",
            description = "Your own calendar file: more venues, changes of ours, freezes.")
    private @Nullable Path calendars;

    @Mixin private FormOption form = new FormOption();

    @Override
    public ExitCode call() throws IOException {
        var report = report(Optional.ofNullable(at).orElseGet(Instant::now));
        spec.commandLine().getOut().println(form.isJson() ? json(report) : MarketText.of(report));
        return ExitCode.OK;
    }

    private MarketReport report(Instant now) throws IOException {
        var all = calendars();
        return switch (act) {
            case STATUS -> MarketReport.Status.of(named(all), now.truncatedTo(ChronoUnit.SECONDS));
            case SESSIONS -> sessions(all, now);
            case WINDOWS -> windows(all, now.truncatedTo(ChronoUnit.SECONDS));
        };
    }

    private MarketReport sessions(Calendars all, Instant now) {
        if (venues.size() != 1) {
            throw new UsageError("name one venue, such as: pitcrew market sessions XNYS");
        }
        var venue = named(all).getFirst();
        var first = from == null ? now.atZone(venue.zone()).toLocalDate() : from;
        var last = to == null ? first.plusDays(DAYS_SHOWN) : to;
        if (last.isBefore(first)) {
            throw new UsageError("--to is before --from; name the first day first");
        }
        return MarketReport.Sessions.of(venue, first, last);
    }

    private MarketReport windows(Calendars all, Instant now) {
        if (minutes < 1 || (clear != null && clear < 0) || days < 1 || most < 1) {
            throw new UsageError(
                    "--minutes, --days and --most are at least 1, and --clear is at least 0");
        }
        if (isClosedOnly && clear == null) {
            throw new UsageError("--closed goes only with --clear; without it no venue trades");
        }
        var rule =
                new ChangeWindows(
                        named(all),
                        Duration.ofMinutes(minutes),
                        Optional.ofNullable(clear).map(Duration::ofMinutes),
                        isClosedOnly);
        return MarketReport.Windows.of(rule, now, now.plus(Duration.ofDays(days)), most);
    }

    private List<Calendar> named(Calendars all) {
        var names = venues.isEmpty() ? all.names() : venues;
        return names.stream().map(name -> named(all, name)).toList();
    }

    private static Calendar named(Calendars all, String name) {
        return all.calendar(name)
                .orElseThrow(
                        () ->
                                new UsageError(
                                        "no venue is called %s; known are %s"
                                                .formatted(name, String.join(", ", all.names()))));
    }

    private Calendars calendars() throws IOException {
        if (calendars == null) {
            return Calendars.builtIn();
        }
        return switch (Calendars.builtIn()
                .with(calendars.toString(), Files.readString(calendars))) {
            case Read.Good<Calendars>(var all) -> all;
            case Read.Bad<Calendars>(var problems) ->
                    throw new Refused(
                            String.join("\n", problems.stream().map(Object::toString).toList()),
                            "");
        };
    }

    /// In one line: thirteen years of sessions are read by programs.
    private static String json(MarketReport report) {
        try {
            return Api.json().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is always JSON", e);
        }
    }
}
