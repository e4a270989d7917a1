package dev.pitcrew.deploy;

import static dev.pitcrew.deploy.OpenCheck.no;
import static dev.pitcrew.deploy.OpenCheck.yes;

import dev.pitcrew.deploy.Gate.Sense;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.market.Calendar;
import dev.pitcrew.market.Phase;
import dev.pitcrew.market.TradingSession;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Opening.Backup;
import dev.pitcrew.model.ProbeName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a start of day asks of all of it: the controller, the markets, the host, the ledger, and what people left open.
final class OpenHost {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration CLOCK_OFFSET = Duration.ofMillis(100);
    private static final Duration WITNESSED = Duration.ofHours(24);
    private static final double NANOS_A_MILLI = 1e6;
    private static final double MILLIS_AN_HOUR = 3_600_000;

    private final OpenCheck check;

    OpenHost(OpenCheck check) {
        this.check = check;
    }

    OpenRow controller() {
        var troubles = check.more().troubles();
        return troubles.isEmpty()
                ? yes("controller", "", "it works, and writes the ledger")
                : no("controller", "", String.join("; ", troubles), "`pitcrew status` says more");
    }

    List<OpenRow> rows() {
        var rows = new ArrayList<OpenRow>();
        rows.addAll(calendars());
        feed().ifPresent(rows::add);
        var limits = check.environment().gates();
        rows.add(
                row(
                        "clock",
                        GateName.CLOCK,
                        Sense.AT_MOST,
                        limits.clockOffset().orElse(CLOCK_OFFSET).toNanos() / NANOS_A_MILLI,
                        "ms",
                        "`chronyc tracking`, or what else keeps the time here"));
        rows.add(
                row(
                        "witness",
                        GateName.WITNESSED,
                        Sense.AT_MOST,
                        limits.witnessedWithin().orElse(WITNESSED).toMillis() / MILLIS_AN_HOUR,
                        "hours",
                        "declare a witness, or see why it does not answer"));
        rows.add(
                row(
                        "disk",
                        GateName.DISK,
                        Sense.AT_LEAST,
                        (double) limits.diskFree().bytes(),
                        "bytes",
                        "make room where the ledger is"));
        rows.addAll(backups());
        rows.add(overrides());
        rows.add(emergencies());
        return rows;
    }

    private List<OpenRow> calendars() {
        var more = check.more();
        if (more.calendarProblem().isPresent()) {
            return List.of(no("calendar", "", more.calendarProblem().get(), "mend the file"));
        }
        if (more.venues().isEmpty()) {
            return List.of(
                    no(
                            "calendar",
                            "",
                            "unknown: no venue's calendar is named",
                            "name them: `opening: {venues: [XNYS]}`"));
        }
        return more.venues().stream().map(this::calendar).toList();
    }

    /// That a venue is closed today is an answer; that nobody knows is none.
    private OpenRow calendar(Calendar venue) {
        var at = check.facts().at();
        var day = at.atZone(venue.zone()).toLocalDate();
        if (venue.phase(at) == Phase.UNKNOWN || day.isAfter(venue.knownThrough())) {
            return no(
                    "calendar",
                    venue.name(),
                    "unknown: it is known from %s through %s alone"
                            .formatted(venue.knownFrom(), venue.knownThrough()),
                    "take a newer release, or a calendar file of your own");
        }
        var freeze =
                venue.freeze(at)
                        .map(one -> "; frozen until %s: %s".formatted(one.end(), one.reason()))
                        .orElse("");
        return yes("calendar", venue.name(), today(venue, day) + freeze);
    }

    private static String today(Calendar venue, LocalDate day) {
        var sessions = venue.sessions(day, day);
        if (sessions.isEmpty()) {
            return "closed on %s".formatted(day)
                    + venue.sessions(day, day.plusDays(14)).stream()
                            .findFirst()
                            .map(one -> "; opens next on %s".formatted(text(one)))
                            .orElse("");
        }
        return text(sessions.getFirst());
    }

    private static String text(TradingSession session) {
        return "%s, open %s to %s%s"
                .formatted(
                        session.date(),
                        session.open(),
                        session.close(),
                        session.reason().equals(TradingSession.REGULAR)
                                ? ""
                                : ", not as usual: " + session.reason());
    }

    private Optional<OpenRow> feed() {
        var isProbed =
                check.system().services().stream()
                        .anyMatch(one -> one.probe(ProbeName.FEED_AGE).isPresent());
        if (check.system().feeds().isEmpty() && !isProbed) {
            return Optional.empty();
        }
        return Optional.of(
                row(
                        "feed",
                        GateName.FEED,
                        Sense.AT_MOST,
                        (double) Gates.feedAgeMax(check.system()).toMillis(),
                        "ms",
                        isProbed ? "see what the feed says" : "declare the probe feedAge"));
    }

    private OpenRow row(
            String name, GateName gate, Sense sense, double limit, String unit, String next) {
        var asked = new Gate(gate.key(), sense, limit, unit, FRESH);
        var evidence = asked.judge(check.facts().measure(asked, ""), now());
        return evidence.passed()
                ? yes(name, "", evidence.brief())
                : no(name, "", evidence.brief(), next);
    }

    private List<OpenRow> backups() {
        var declared = check.environment().opening().backups();
        return declared.isEmpty()
                ? List.of(
                        no(
                                "backup",
                                "",
                                "unknown: none is declared",
                                "declare what tells its age: `opening: {backups: …}`"))
                : declared.stream().map(this::backup).toList();
    }

    private OpenRow backup(Backup backup) {
        var age =
                check.more()
                        .backups()
                        .getOrDefault(backup.name(), Observed.unknown())
                        .known(now(), FRESH);
        var limit = "at most " + text(backup.within());
        if (age.isEmpty()) {
            return no(
                    "backup",
                    backup.name(),
                    "its age is unknown (%s)".formatted(limit),
                    "see why nothing tells its age");
        }
        var says = "%s old (%s)".formatted(text(age.get()), limit);
        return age.get().compareTo(backup.within()) <= 0
                ? yes("backup", backup.name(), says)
                : no("backup", backup.name(), says, "make one");
    }

    private static String text(Duration age) {
        return age.toHours() < 2 ? Words.of(age) : age.toHours() + " h";
    }

    /// Of what serves now. Their reasons are people's words, and stay where they can be erased.
    private OpenRow overrides() {
        var open = new ArrayList<String>();
        for (var state : check.desk().services().values()) {
            state.rollout()
                    .filter(
                            one ->
                                    !(one instanceof Rollout.Over over)
                                            || over.outcome() == Outcome.DONE)
                    .ifPresent(
                            one ->
                                    one.plan()
                                            .overrides()
                                            .forEach(
                                                    gate ->
                                                            open.add(
                                                                    "%s of %s by %s"
                                                                            .formatted(
                                                                                    gate.gate()
                                                                                            .name(),
                                                                                    state.roster()
                                                                                            .service(),
                                                                                    one.id()))));
        }
        return open.isEmpty()
                ? yes("overrides", "", "0 open")
                : no(
                        "overrides",
                        "",
                        "%d open: %s".formatted(open.size(), String.join(", ", open)),
                        "a change that passes its gates ends them");
    }

    private OpenRow emergencies() {
        var open = check.desk().emergencies().values();
        var names =
                open.stream()
                        .map(
                                one ->
                                        "%s of %s%s"
                                                .formatted(
                                                        one.rollout(),
                                                        one.service(),
                                                        isOverdue(one.at()) ? ", overdue" : ""))
                        .toList();
        return names.isEmpty()
                ? yes("emergencies", "", "0 to be re-assessed")
                : no(
                        "emergencies",
                        "",
                        "%d to be re-assessed: %s"
                                .formatted(names.size(), String.join(", ", names)),
                        "`pitcrew reassess SERVICE ROLLOUT`, by another person");
    }

    private boolean isOverdue(Instant approved) {
        return now().isAfter(approved.plus(check.environment().reassessWithin()));
    }

    private Instant now() {
        return check.facts().at();
    }
}
