package dev.pitcrew.server;

import static dev.pitcrew.server.Html.tag;
import static dev.pitcrew.server.Pieces.DAY;
import static dev.pitcrew.server.Pieces.about;
import static dev.pitcrew.server.Pieces.cell;
import static dev.pitcrew.server.Pieces.facts;
import static dev.pitcrew.server.Pieces.live;
import static dev.pitcrew.server.Pieces.nothingYet;
import static dev.pitcrew.server.Pieces.part;
import static dev.pitcrew.server.Pieces.pretty;
import static dev.pitcrew.server.Pieces.table;
import static dev.pitcrew.server.Pieces.time;
import static dev.pitcrew.server.Pieces.whole;

import dev.pitcrew.app.RolloutView;
import java.time.Instant;
import java.util.List;

/// What stands on the pages of the console. Each part that changes has a name, so that our script can put the new one in its place.
record Pages(Frame frame, Views views) {
    private static final int PAGE = 50;

    Pages(Asker.Place place, Views views) {
        this(new Frame(place, null, Instant.EPOCH), views);
    }

    Pages of(Asker someone, Instant at) {
        return new Pages(new Frame(frame.place(), someone, at), views);
    }

    Html desk() {
        return new DeskPage(frame, views).page();
    }

    Html login(String wrong) {
        return frame.page(
                "Log in",
                "",
                tag("section")
                        .as("card login")
                        .of(
                                tag("h1", "Log in"),
                                wrong.isEmpty()
                                        ? Html.NONE
                                        : tag("p").as("banner bad").with("role", "alert").of(wrong),
                                tag("form")
                                        .with("method", "post")
                                        .with("action", "/login")
                                        .of(
                                                tag("label")
                                                        .with("for", "token")
                                                        .of("Your operator's token"),
                                                tag("input")
                                                        .with("id", "token")
                                                        .with("name", "token")
                                                        .with("type", "password")
                                                        .with("autocomplete", "current-password")
                                                        .with("required", "")
                                                        .with("autofocus", ""),
                                                tag("button")
                                                        .as("main")
                                                        .with("type", "submit")
                                                        .of("Log in")),
                                tag("p").as("quiet")
                                        .of(
                                                "pitcrew operator add NAME shows a token once. The session ends after half an hour without you."),
                                tag("p").as("quiet")
                                        .of(
                                                "By logging in you agree that your name, what you do here and the reasons you give are written into this desk's ledger, for those who may read it. pitcrew ledger erase takes names and reasons out again.")));
    }

    Html rollouts() {
        var all = views.rollouts();
        return frame.page(
                "Rollouts",
                "/rollouts",
                tag("h1", "Rollouts"),
                live(
                        "rollouts",
                        all.isEmpty()
                                ? nothingYet("Nothing was ever deployed here.")
                                : RolloutParts.rolloutTable(all)));
    }

    Html rollout(RolloutView one) {
        return frame.page(
                one.rollout(),
                "/rollouts",
                tag("h1", RolloutParts.title(one)),
                live("rollout", new RolloutParts(frame).rolloutCard(one, false)),
                live("verdicts", VerdictSvg.all(views.verdicts(one.rollout()))));
    }

    Html ledger(long before) {
        long size = views.size();
        long end = Math.min(before, size);
        long from = Math.max(0, end - PAGE);
        var entries = end == 0 ? List.<Told>of() : views.entries(from, (int) (end - from));
        var status = views.status();
        var pager =
                tag("nav")
                        .as("pager")
                        .with("aria-label", "pages of the ledger")
                        .of(
                                end < size
                                        ? tag("a").with(
                                                        "href",
                                                        end + PAGE >= size
                                                                ? "/ledger"
                                                                : "/ledger?before=" + (end + PAGE))
                                                .of("← newer")
                                        : tag("span"),
                                tag("span")
                                        .as("quiet")
                                        .of(
                                                entries.isEmpty()
                                                        ? ""
                                                        : "%,d to %,d of %,d"
                                                                .formatted(from, end - 1, size)),
                                from > 0
                                        ? tag("a").with("href", "/ledger?before=" + from)
                                                .of("older →")
                                        : tag("span"));
        return frame.page(
                "Ledger",
                "/ledger",
                tag("h1", "Ledger"),
                live(
                        "entries",
                        tag("p").as("quiet")
                                .of(
                                        "%,d entries. ".formatted(size),
                                        status.ledger().unwitnessed().isEmpty()
                                                ? "A witness has seen all of them."
                                                : "Not seen by a witness: "
                                                        + whole(status.ledger().unwitnessed())
                                                        + "."),
                        entries.isEmpty()
                                ? nothingYet("It is empty.")
                                : table(
                                        "entries",
                                        List.of("entry", "time (UTC)", "what", "about", "by"),
                                        entries.reversed().stream().map(Pages::entryRow).toList()),
                        pager));
    }

    private static Html entryRow(Told one) {
        return tag("tr")
                .of(
                        cell(
                                "entry",
                                tag("a").as("number")
                                        .with("href", "/ledger/" + one.index())
                                        .of("%,d".formatted(one.index()))),
                        cell("time", time(one.at(), DAY)),
                        cell("what", tag("code", one.type())),
                        cell("about", about(one.subject())),
                        cell("by", one.by()));
    }

    Html entry(Views.Proved proved) {
        var one = proved.entry();
        return frame.page(
                "Entry " + one.index(),
                "/ledger",
                tag("nav")
                        .as("pager")
                        .with("aria-label", "entries")
                        .of(
                                tag("a").with("href", "/ledger").of("← Ledger"),
                                tag("span")
                                        .of(
                                                neighbour(one.index() - 1, proved.size(), "older"),
                                                one.index() > 0 && one.index() + 1 < proved.size()
                                                        ? " · "
                                                        : "",
                                                neighbour(
                                                        one.index() + 1, proved.size(), "newer"))),
                tag("h1", "Entry %,d".formatted(one.index())),
                tag("section")
                        .as("card")
                        .of(
                                facts(
                                        "what",
                                        tag("code", one.type()),
                                        "time",
                                        time(one.at(), DAY),
                                        "about",
                                        about(one.subject()),
                                        "by",
                                        one.by()),
                                tag("pre").with("tabindex", "0").of(pretty(one.body()))),
                part(
                        "Proof",
                        tag("div")
                                .as("card")
                                .of(
                                        tag("p").of(
                                                        "These hashes lead from this entry to the root of a tree of ",
                                                        tag("span")
                                                                .as("number")
                                                                .of("%,d".formatted(proved.size())),
                                                        " entries, which is signed. Whoever has the ledger's key can check it offline."),
                                        facts(
                                                "root",
                                                tag("code", proved.root()),
                                                "signed by",
                                                String.join(", ", proved.signedBy()),
                                                "cosigned by",
                                                proved.signedBy().size() > 1
                                                        ? String.join(
                                                                ", ",
                                                                proved.signedBy()
                                                                        .subList(
                                                                                1,
                                                                                proved.signedBy()
                                                                                        .size()))
                                                        : "no witness that signs",
                                                "key",
                                                tag("code", proved.key())),
                                        tag("pre").with("tabindex", "0").of(proved.proof()))));
    }

    private static Html neighbour(long index, long size, String label) {
        return index < 0 || index >= size
                ? Html.NONE
                : tag("a").with("href", "/ledger/" + index).of(label);
    }

    Html startOfDay() {
        return frame.page(
                "Start of day",
                "/day",
                tag("h1", "Start of day"),
                live("day", DayParts.whole(views.startOfDay())));
    }

    Html operators(List<Operators.Listed> all) {
        return frame.page(
                "Operators",
                "/operators",
                tag("h1", "Operators"),
                tag("p").as("quiet")
                        .of(
                                "Whoever may write the data folder adds and removes them: pitcrew operator add NAME. Tokens are kept as hashes, and shown nowhere."),
                live("operators", OperatorParts.table(all, views.status(), frame.now())),
                part("Changes", live("changes", OperatorParts.changes(views.operatorChanges()))));
    }

    Html nothing(String path) {
        return frame.page(
                "Nothing there",
                "",
                tag("h1", "Nothing there"),
                tag("p", "Nothing answers ", tag("code", path), "."),
                tag("p").of(tag("a").with("href", "/").of("To the desk")));
    }

    Html refused(Refusal.Body why) {
        return frame.page(
                "Refused",
                "",
                tag("h1", "Refused"),
                tag("p").as("banner bad").with("role", "alert").of(why.message()),
                tag("p").of(tag("a").with("href", "/").of("To the desk")));
    }
}
