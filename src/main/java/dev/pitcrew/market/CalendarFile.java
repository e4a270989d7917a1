package dev.pitcrew.market;

import dev.pitcrew.market.Around.Edge;
import dev.pitcrew.market.LineCursor.Wrong;
import dev.pitcrew.market.Rule.Act;
import dev.pitcrew.market.VenueBlock.Known;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a calendar file, one line after the other: all blocks of it, or every problem, each with its place.
///
/// | line | meaning |
/// |---|---|
/// | `venue NAME "TITLE"` | what follows is about this venue; `everywhere`: about all of them |
/// | `zone ZONE` | whose clock its times are of |
/// | `known DATE to DATE` | the days that it knows |
/// | `hours SPANS DAYS` | the regular session |
/// | `closed DAYS "REASON"`, `open DAYS "REASON"` | no session; the regular one in spite of a line above |
/// | `early TIME DAYS "REASON"`, `late TIME DAYS "REASON"` | it ends, it begins at this time |
/// | `special SPANS DAYS "REASON"` | other hours, whatever the day is otherwise |
/// | `halt SPAN DAYS "REASON"` | nothing is traded in between |
/// | `freeze [SPAN] DAYS "REASON"` | no change, whatever the venue does |
/// | `pre-open`, `auction` or `post` `TIME before open`, `before close` or `after close` | a phase that goes with every session |
final class CalendarFile {
    private static final LocalDate EVER = LocalDate.of(1900, 1, 1);
    private static final LocalDate FOREVER = LocalDate.of(2199, 12, 31);
    private static final int YEARS_MAX = 100;
    private static final Pattern NAME = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,31}");
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,4})m");
    private static final List<String> KEYWORDS =
            List.of(
                    "venue",
                    "everywhere",
                    "zone",
                    "known",
                    "hours",
                    "closed",
                    "open",
                    "early",
                    "late",
                    "special",
                    "halt",
                    "freeze",
                    "pre-open",
                    "auction",
                    "post");

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private @Nullable Draft draft;

    private CalendarFile() {}

    /// @param blocks what could be read, also of lines around those with problems
    record Parsed(List<VenueBlock> blocks, List<Problem> problems) {
        Parsed {
            blocks = List.copyOf(blocks);
            problems = List.copyOf(problems);
        }
    }

    /// @param file the path to show in problems
    static Parsed read(String file, String text) {
        var reader = new CalendarFile();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                var line = LineCursor.of(file, i + 1, lines.get(i));
                if (!line.isEmpty()) {
                    reader.line(line);
                }
            } catch (Wrong e) {
                reader.problems.add(e.problem());
            }
        }
        if (reader.drafts.isEmpty() && reader.problems.isEmpty()) {
            reader.problems.add(
                    new Problem(
                            new Place(file, 1, 1),
                            "names no venue; begin with a line such as: venue XNYS"));
        }
        return new Parsed(
                reader.drafts.values().stream().map(Draft::block).toList(), reader.problems);
    }

    /// What was read of one block so far.
    private static final class Draft {
        private final String name;
        private final Place place;
        private final Optional<String> title;
        private final List<Rule> rules = new ArrayList<>();
        private final List<Around> arounds = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private Optional<ZoneId> zone = Optional.empty();
        private Optional<Known> known = Optional.empty();

        Draft(String name, Place place, Optional<String> title) {
            this.name = name;
            this.place = place;
            this.title = title;
        }

        VenueBlock block() {
            return new VenueBlock(name, place, title, zone, known, rules, arounds, text.toString());
        }
    }

    private void line(LineCursor line) {
        var place = line.place();
        var keyword = line.peek().orElse("");
        if (!KEYWORDS.contains(keyword)) {
            throw line.wrong("one of " + String.join(", ", KEYWORDS));
        }
        line.take(keyword);
        switch (keyword) {
            case "venue", "everywhere" -> begin(keyword, line, place);
            default -> {
                if (draft == null) {
                    throw new Wrong(
                            new Problem(
                                    place,
                                    "a line about no venue; begin with a line such as: venue XNYS"));
                }
                about(draft, keyword, line, place);
            }
        }
        if (!line.isDone()) {
            throw line.wrong("the end of the line");
        }
        if (draft != null) {
            draft.text.append(line.text()).append('\n');
        }
    }

    private void begin(String keyword, LineCursor line, Place place) {
        var name = keyword;
        if (keyword.equals("venue")) {
            var word = line.take("the venue's name, such as XNYS", false);
            name = word.text();
            if (!NAME.matcher(name).matches()) {
                throw line.wrong(
                        word,
                        "'"
                                + name
                                + "' is no name of a venue: use upper-case letters, digits and dashes");
            }
        }
        var title =
                line.isNextQuoted()
                        ? Optional.of(line.take("a title", true).text())
                        : Optional.<String>empty();
        var begun = new Draft(name, place, title);
        var before = drafts.putIfAbsent(name, begun);
        draft = begun; // its lines are read in any case, for their problems
        if (before != null) {
            problems.add(
                    new Problem(
                            place,
                            "%s begins at line %d already; put its lines together"
                                    .formatted(name, before.place.line())));
        }
    }

    private void about(Draft draft, String keyword, LineCursor line, Place place) {
        switch (keyword) {
            case "zone" -> draft.zone = Optional.of(zone(line));
            case "known" -> draft.known = Optional.of(known(line));
            case "pre-open" -> draft.arounds.add(around(Phase.PRE_OPEN, line));
            case "auction" -> draft.arounds.add(around(Phase.AUCTION, line));
            case "post" -> draft.arounds.add(around(Phase.POST, line));
            default -> {
                if (draft.name.equals(VenueBlock.EVERYWHERE) && !keyword.equals("freeze")) {
                    throw new Wrong(
                            new Problem(
                                    place,
                                    "'%s' can't hold everywhere, only a freeze can; put it under its venue"
                                            .formatted(keyword)));
                }
                draft.rules.add(rule(keyword, line));
            }
        }
    }

    private static ZoneId zone(LineCursor line) {
        var word = line.take("a time zone such as America/New_York", false);
        if (!ZoneId.getAvailableZoneIds().contains(word.text())) {
            throw line.wrong(
                    word,
                    "no time zone '%s'; write one such as America/New_York or UTC"
                            .formatted(word.text()));
        }
        return ZoneId.of(word.text());
    }

    private static Known known(LineCursor line) {
        var from = Phrases.date(line);
        if (!line.take("to")) {
            throw line.wrong("'to' and the last day that is known");
        }
        var through = Phrases.date(line);
        if (!through.isAfter(from) || through.isAfter(from.plusYears(YEARS_MAX))) {
            throw line.wrong(
                    line.last(),
                    "%s is not within %d years after the first day; write the earlier day first"
                            .formatted(through, YEARS_MAX));
        }
        return new Known(from, through);
    }

    private static Around around(Phase phase, LineCursor line) {
        var wanted = "how long, such as 10m";
        var word = line.take(wanted, false);
        var length = LENGTH.matcher(word.text());
        if (!length.matches()) {
            throw line.wrong(word, "'" + word.text() + "' can't stand here; wanted " + wanted);
        }
        Edge edge;
        if (line.take("before")) {
            edge =
                    line.take("open")
                            ? Edge.BEFORE_OPEN
                            : close(line, Edge.BEFORE_CLOSE, "open or close");
        } else if (line.take("after")) {
            edge = close(line, Edge.AFTER_CLOSE, "close");
        } else {
            throw line.wrong("before open, before close or after close");
        }
        return new Around(
                phase,
                Integer.parseInt(length.group(1)),
                edge,
                line.take("from") ? Phrases.limit(line, false) : EVER,
                line.take("until") ? Phrases.limit(line, true) : FOREVER);
    }

    private static Edge close(LineCursor line, Edge edge, String wanted) {
        if (!line.take("close")) {
            throw line.wrong(wanted);
        }
        return edge;
    }

    private static Rule rule(String keyword, LineCursor line) {
        var act = act(keyword, line);
        var days = Phrases.days(line);
        var from = line.take("from") ? Phrases.limit(line, false) : EVER;
        var until = line.take("until") ? Phrases.limit(line, true) : FOREVER;
        if (act instanceof Act.Hours) {
            return new Rule(act, days, from, until, TradingSession.REGULAR);
        }
        return new Rule(
                act, days, from, until, line.take("a reason in double quotes", true).text());
    }

    private static Act act(String keyword, LineCursor line) {
        return switch (keyword) {
            case "hours" -> new Act.Hours(Phrases.spans(line));
            case "closed" -> new Act.Closed();
            case "open" -> new Act.Open();
            case "early" -> new Act.Early(Phrases.time(line));
            case "late" -> new Act.Late(Phrases.time(line));
            case "special" -> new Act.Special(Phrases.spans(line));
            case "halt" -> new Act.Halt(Phrases.span(line));
            case "freeze" ->
                    new Act.Freeze(
                            Phrases.isTime(line)
                                    ? Optional.of(Phrases.span(line))
                                    : Optional.empty(),
                            Optional.empty());
            default -> throw new IllegalStateException("no line begins with " + keyword);
        };
    }
}
