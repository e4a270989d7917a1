package dev.pitcrew.server;

import static dev.pitcrew.server.Html.many;
import static dev.pitcrew.server.Html.tag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.RolloutView;
import dev.pitcrew.app.RolloutView.Progress;
import dev.pitcrew.app.RolloutView.StepLine;
import dev.pitcrew.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What stands on the pages of the console. Each part that changes has a name, so that our script can put the new one in its place.
record Pages(Asker.Place place, Views views, @Nullable Asker asker, Instant now) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 50;
    private static final int LATELY = 5;
    private static final int HASH = 8;

    Pages(Asker.Place place, Views views) {
        this(place, views, null, Instant.EPOCH);
    }

    Pages of(Asker someone, Instant at) {
        return new Pages(place, views, someone, at);
    }

    // The pages.

    Html login(String wrong) {
        return frame(
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
                                                "pitcrew operator add NAME shows a token once. The session ends after half an hour without you.")));
    }

    Html desk() {
        var status = views.status();
        var rollouts = views.rollouts();
        var underway = rollouts.stream().filter(RolloutView::isUnderway).toList();
        var waiting = underway.stream().filter(RolloutView::needsApproval).toList();
        var going = underway.stream().filter(one -> !one.needsApproval()).toList();
        var picture = views.picture(status);
        return frame(
                status.system() + " " + status.environment(),
                "/",
                live("headline", headline(status)),
                live("banners", banners(status)),
                live(
                        "waiting",
                        waiting.isEmpty()
                                ? Html.NONE
                                : part(
                                        "Waiting for approval",
                                        waiting.stream().map(this::approval).toList())),
                live(
                        "underway",
                        going.isEmpty()
                                ? Html.NONE
                                : part("Underway", going.stream().map(this::rolloutCard).toList())),
                part(
                        "The desk",
                        live(
                                "picture",
                                tag("div")
                                        .as("card pictures")
                                        .of(
                                                PictureSvg.wide(picture),
                                                PictureSvg.tall(picture),
                                                legend()))),
                part("Services", live("services", services(status, underway))),
                part("Start of day", live("day", day(true))),
                part("Lately", live("lately", lately(rollouts))),
                part("Stop", live("stop", stops(status))));
    }

    Html rollouts() {
        var all = views.rollouts();
        return frame(
                "Rollouts",
                "/rollouts",
                tag("h1", "Rollouts"),
                live(
                        "rollouts",
                        all.isEmpty()
                                ? nothingYet("Nothing was ever deployed here.")
                                : rolloutTable(all)));
    }

    Html rollout(RolloutView one) {
        return frame(
                one.rollout(),
                "/rollouts",
                tag("h1", title(one)),
                live("rollout", rolloutCard(one, false)));
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
        return frame(
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
                        cell("about", one.subject()),
                        cell("by", one.by()));
    }

    Html entry(Views.Proved proved) {
        var one = proved.entry();
        return frame(
                "Entry " + one.index(),
                "/ledger",
                tag("p").of(tag("a").with("href", "/ledger").of("← Ledger")),
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
                                        one.subject(),
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

    Html startOfDay() {
        return frame("Start of day", "/day", tag("h1", "Start of day"), live("day", day(false)));
    }

    Html operators(List<Operators.Listed> all) {
        var status = views.status();
        var rows = new ArrayList<Html>();
        for (var one : all) {
            var isKnown =
                    status.operators().stream()
                            .anyMatch(it -> it.name().equals(one.name()) && it.isWrittenDown());
            var grant = one.grant();
            rows.add(
                    tag("tr")
                            .of(
                                    cell("name", tag("strong", one.name())),
                                    cell(
                                            "may",
                                            String.join(
                                                    ", ",
                                                    grant.rights().stream()
                                                            .map(Words::of)
                                                            .toList())),
                                    cell("where", names(grant.environments(), "everywhere")),
                                    cell("of", names(grant.owners(), "any desk")),
                                    cell(
                                            "until",
                                            grant.until()
                                                    .<Html>map(
                                                            end ->
                                                                    grant.isValid(now)
                                                                            ? time(end, DAY)
                                                                            : pill(
                                                                                    "bad",
                                                                                    "expired"))
                                                    .orElse(tag("span").as("quiet").of("no end"))),
                                    cell("added by", one.by()),
                                    cell(
                                            "ledger",
                                            isKnown
                                                    ? pill("good", "written down")
                                                    : pill("warn", "not yet"))));
        }
        return frame(
                "Operators",
                "/operators",
                tag("h1", "Operators"),
                tag("p").as("quiet")
                        .of(
                                "Whoever may write the data folder adds and removes them: pitcrew operator add NAME. Tokens are kept as hashes, and shown nowhere."),
                live(
                        "operators",
                        table(
                                "operators",
                                List.of(
                                        "name",
                                        "may",
                                        "where",
                                        "of",
                                        "until",
                                        "added by",
                                        "ledger"),
                                rows)));
    }

    Html nothing(String path) {
        return frame(
                "Nothing there",
                "",
                tag("h1", "Nothing there"),
                tag("p", "Nothing answers ", tag("code", path), "."),
                tag("p").of(tag("a").with("href", "/").of("To the desk")));
    }

    Html refused(Refusal.Body why) {
        return frame(
                "Refused",
                "",
                tag("h1", "Refused"),
                tag("p").as("banner bad").with("role", "alert").of(why.message()),
                tag("p").of(tag("a").with("href", "/").of("To the desk")));
    }

    // The frame.

    private Html frame(String title, String here, Object... content) {
        var body =
                tag("body")
                        .of(
                                tag("a").as("skip").with("href", "#content").of("To the content"),
                                header(here),
                                tag("main").with("id", "content").of(said(), many(content)),
                                tag("footer")
                                        .of(
                                                "Pitcrew. All times are UTC. ",
                                                tag("a").with("href", "/openapi.json").of("API")));
        var head =
                tag("head")
                        .of(
                                tag("meta").with("charset", "utf-8"),
                                tag("title", title + " · Pitcrew"),
                                tag("meta")
                                        .with("name", "viewport")
                                        .with("content", "width=device-width, initial-scale=1"),
                                tag("meta")
                                        .with("name", "color-scheme")
                                        .with("content", "light dark"),
                                tag("link").with("rel", "icon").with("href", "/icon.svg"),
                                tag("link").with("rel", "stylesheet").with("href", "/console.css"),
                                asker == null
                                        ? Html.NONE
                                        : many(
                                                tag("script")
                                                        .with("src", "/console.js")
                                                        .with("defer", ""),
                                                tag("noscript")
                                                        .of(
                                                                tag("meta")
                                                                        .with(
                                                                                "http-equiv",
                                                                                "refresh")
                                                                        .with("content", "10"))));
        return tag("html").with("lang", "en").of(head, body);
    }

    private Html header(String here) {
        if (asker == null) {
            return tag("header").as("top").of(tag("span").as("brand").of("Pitcrew"));
        }
        return tag("header")
                .as("top")
                .of(
                        tag("a").as("brand")
                                .with("href", "/")
                                .of("Pitcrew", tag("span").as("where").of(place.environment())),
                        tag("nav")
                                .with("aria-label", "pages")
                                .of(
                                        link("/", "Desk", here),
                                        link("/rollouts", "Rollouts", here),
                                        link("/ledger", "Ledger", here),
                                        link("/day", "Start of day", here),
                                        link("/operators", "Operators", here)),
                        tag("div")
                                .as("who")
                                .of(
                                        tag("span")
                                                .with("id", "line")
                                                .as("line")
                                                .with("role", "status")
                                                .of(""),
                                        tag("span").of(asker.name()),
                                        form("/logout", "", tag("button").of("Log out"))));
    }

    private static Html link(String path, String name, String here) {
        var link = tag("a").with("href", path).of(name);
        return path.equals(here) ? link.with("aria-current", "page") : link;
    }

    /// What the last act came to.
    private Html said() {
        var text = asker == null ? "" : asker.session().map(Sessions.Session::said).orElse("");
        if (text.isEmpty()) {
            return Html.NONE;
        }
        var isBad = text.startsWith("! ");
        return tag("p").as("banner " + (isBad ? "bad" : "good"))
                .with("role", isBad ? "alert" : "status")
                .of(isBad ? text.substring(2) : text);
    }

    // Its parts.

    private static Html live(String name, Object... content) {
        return tag("div").with("id", "live-" + name).with("data-live", "").of(content);
    }

    private static Html part(String title, Object content) {
        return tag("section").as("part").of(tag("h2", title), content);
    }

    private Html headline(DeskStatus status) {
        var about = status.about();
        var where =
                List.of(about.owner(), about.site(), about.host()).stream()
                        .filter(one -> !one.isEmpty())
                        .toList();
        return tag("div")
                .as("headline")
                .of(
                        tag("h1")
                                .of(
                                        status.system(),
                                        " ",
                                        tag("span").as("quiet").of(status.environment())),
                        tag("p").as("quiet")
                                .of(
                                        String.join(" · ", where),
                                        " · controller ",
                                        tag("span")
                                                .as("number")
                                                .of("pid " + status.controller().pid()),
                                        " · ",
                                        tag("a").as("number")
                                                .with("href", "/ledger")
                                                .of(
                                                        "%,d entries"
                                                                .formatted(
                                                                        status.ledger().entries())),
                                        status.ledger().unwitnessed().isEmpty()
                                                ? ", witnessed"
                                                : ", unwitnessed: "
                                                        + whole(status.ledger().unwitnessed()),
                                        status.controller().leads().isEmpty()
                                                ? ""
                                                : " · " + status.controller().leads(),
                                        " · ",
                                        time(status.at(), TIME)));
    }

    private Html banners(DeskStatus status) {
        var all = new ArrayList<Html>();
        if (!status.controller().trouble().isEmpty()) {
            all.add(banner("bad", "The controller can't work", status.controller().trouble()));
        }
        for (var one : status.services()) {
            if (one.killed()) {
                all.add(
                        banner(
                                "bad",
                                one.name() + " is killed",
                                "It sends nothing until it is re-armed: pitcrew rearm "
                                        + one.name()));
            }
            var stuck = one.stuck();
            if (stuck != null) {
                all.add(
                        banner(
                                "bad",
                                one.name() + " needs a person: " + stuck.name(),
                                stuck.reason()
                                        + ". "
                                        + (stuck.orderFlow().isEmpty()
                                                ? ""
                                                : stuck.orderFlow() + ". ")
                                        + "Next: "
                                        + stuck.next()));
            }
            if (!one.mending().isEmpty()) {
                all.add(banner("warn", one.name() + " is being mended", one.mending()));
            }
        }
        if (status.freeze() != null) {
            all.add(banner("warn", "Changes are frozen", status.freeze()));
        }
        for (var one : status.toReassess()) {
            all.add(
                    banner(
                            one.isOverdue() ? "bad" : "warn",
                            one.rollout() + " of " + one.service() + " was an emergency",
                            "by %s; somebody else looks at it until %s"
                                    .formatted(one.by(), DAY.format(one.due()))));
        }
        if (!status.unknown().isEmpty()) {
            all.add(
                    banner(
                            "warn",
                            "Unknown to the ledger",
                            String.join(", ", status.unknown()) + " run here"));
        }
        return many(all);
    }

    private static Html banner(String kind, String title, String text) {
        return tag("p").as("banner " + kind).of(tag("strong", title), " ", text);
    }

    private static Html legend() {
        return tag("p").as("legend quiet")
                .of(
                        tag("span").as("key orders").of("orders"),
                        tag("span").as("key data").of("data and reports"),
                        tag("span").as("dot full").of("active"),
                        tag("span").as("dot").of("ready, passive where only one may send"));
    }

    private Html approval(RolloutView one) {
        var forms = new ArrayList<Html>();
        if (may(Right.APPROVE)) {
            forms.add(
                    act(
                            "approve",
                            "main",
                            "Approve " + brief(one.hash()),
                            "service",
                            one.service(),
                            "hash",
                            one.hash()));
        }
        if (may(Right.STOP)) {
            forms.add(act("abort", "", "Abort", "service", one.service()));
        }
        return tag("article")
                .as("card waiting")
                .of(
                        tag("h3")
                                .of(
                                        tag("a").with("href", "/rollouts/" + one.rollout())
                                                .of(title(one))),
                        tag("p").of(
                                        one.by(),
                                        " asked at ",
                                        time(one.at(), TIME),
                                        one.reason().isEmpty() ? "" : ": " + one.reason()),
                        tag("p").as("quiet").of("Waits for ", one.waitsFor()),
                        notes(one),
                        tag("div").as("acts").of(forms));
    }

    private static Html notes(RolloutView one) {
        var all = new ArrayList<>(one.notes());
        one.overrides().forEach(it -> all.add("passes " + it));
        return all.isEmpty()
                ? Html.NONE
                : tag("ul").as("notes").of(all.stream().map(it -> tag("li", it)).toList());
    }

    private Html rolloutCard(RolloutView one) {
        return rolloutCard(one, true);
    }

    /// @param isTitled whether its name stands on it, as where there are several
    private Html rolloutCard(RolloutView one, boolean isTitled) {
        var forms = new ArrayList<Html>();
        if (one.needsApproval() && may(Right.APPROVE)) {
            forms.add(
                    act(
                            "approve",
                            "main",
                            "Approve " + brief(one.hash()),
                            "service",
                            one.service(),
                            "hash",
                            one.hash()));
        }
        if (one.isUnderway() && !one.state().equals("returning") && may(Right.STOP)) {
            forms.add(act("abort", "", "Abort", "service", one.service()));
        }
        var done = one.forward().stream().filter(it -> it.progress() == Progress.TAKEN).count();
        return tag("article")
                .as("card rollout")
                .of(
                        tag("div")
                                .as("title")
                                .of(
                                        isTitled
                                                ? tag("h3")
                                                        .of(
                                                                tag("a").with(
                                                                                "href",
                                                                                "/rollouts/"
                                                                                        + one
                                                                                                .rollout())
                                                                        .of(title(one)))
                                                : tag("span").as("quiet").of(one.service()),
                                        outcome(one)),
                        tag("p").as("quiet")
                                .of(
                                        one.strategy(),
                                        one.purpose().equals("change") ? "" : ", " + one.purpose(),
                                        " · asked by ",
                                        one.by(),
                                        " at ",
                                        time(one.at(), DAY),
                                        one.reason().isEmpty() ? "" : ": " + one.reason(),
                                        one.approvedBy().isEmpty()
                                                ? ""
                                                : " · approved by " + one.approvedBy(),
                                        one.mark().isEmpty() || one.mark().equals("none")
                                                ? ""
                                                : " · " + one.mark(),
                                        " · ",
                                        tag("span")
                                                .as("number")
                                                .of(
                                                        "%d of %d steps"
                                                                .formatted(
                                                                        done,
                                                                        one.forward().size()))),
                        one.ending().isEmpty() ? Html.NONE : tag("p").as("ending").of(one.ending()),
                        one.next().isEmpty()
                                ? Html.NONE
                                : tag("p").as("banner bad").of("Next: " + one.next()),
                        notes(one),
                        gates(one),
                        steps("", one.forward()),
                        one.back().isEmpty() ? Html.NONE : steps("The way back", one.back()),
                        forms.isEmpty() ? Html.NONE : tag("div").as("acts").of(forms));
    }

    private static Html gates(RolloutView one) {
        if (one.gates().isEmpty()) {
            return Html.NONE;
        }
        return tag("ul")
                .as("gates")
                .of(
                        one.gates().stream()
                                .map(
                                        gate ->
                                                tag("li")
                                                        .as(gate.passed() ? "open" : "shut")
                                                        .of(
                                                                pill(
                                                                        gate.passed()
                                                                                ? "good"
                                                                                : "warn",
                                                                        gate.passed()
                                                                                ? "open"
                                                                                : "shut"),
                                                                tag("span").of(gate.told())))
                                .toList());
    }

    private static Html steps(String title, List<StepLine> steps) {
        return many(
                title.isEmpty() ? Html.NONE : tag("h4", title),
                tag("ol").as("steps").of(steps.stream().map(Pages::step).toList()));
    }

    private static Html step(StepLine one) {
        var at = one.at();
        return tag("li")
                .as(Words.of(one.progress()))
                .of(
                        tag("span").as("step").of(one.name()),
                        tag("div").as("told").of(lines(told(one))),
                        at != null
                                ? time(at, TIME)
                                : tag("span")
                                        .as("quiet")
                                        .of(
                                                one.progress() == Progress.LEFT_OUT
                                                        ? ""
                                                        : "at most "
                                                                + seconds(one.limitSeconds())));
    }

    private static String told(StepLine one) {
        return switch (one.progress()) {
            case NOW -> one.told().isEmpty() ? "now" : "waits for " + one.told();
            case LEFT_OUT -> "not reached";
            case TAKEN, FAILED, AHEAD -> one.told();
        };
    }

    /// What several gates say stands below one another.
    private static List<Html> lines(String told) {
        return Arrays.stream(told.split("; ", -1)).<Html>map(one -> tag("p").of(one)).toList();
    }

    private static String seconds(long seconds) {
        var duration = Duration.ofSeconds(seconds);
        return seconds < 120
                ? seconds + " s"
                : seconds < 7200 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }

    private Html services(DeskStatus status, List<RolloutView> underway) {
        var rows = new ArrayList<Html>();
        for (var one : status.services()) {
            rows.add(service(one, underway));
        }
        return table(
                "services",
                List.of("service", "version", "active", "token", "open orders", "last change", ""),
                rows);
    }

    private Html service(ServiceLine one, List<RolloutView> underway) {
        var isChanging = underway.stream().anyMatch(it -> it.service().equals(one.name()));
        var open =
                one.instances().stream()
                        .filter(it -> it.name().equals(one.active()))
                        .findFirst()
                        .flatMap(it -> Optional.ofNullable(it.openOrders()));
        Html acts = Html.NONE;
        if (!one.lastGood().isEmpty()
                && !one.lastGood().equals(one.version())
                && !isChanging
                && !one.killed()
                && one.stuck() == null
                && may(Right.CHANGE)) {
            acts = act("rollback", "", "Back to " + one.lastGood(), "service", one.name());
        }
        if ((one.killed() || one.stuck() != null) && !isChanging && may(Right.CHANGE)) {
            acts = act("rearm", "", "Re-arm", "service", one.name());
        }
        return tag("tr")
                .of(
                        cell(
                                "service",
                                many(
                                        tag("strong", one.name()),
                                        tag("span").as("quiet").of(" " + one.role()))),
                        cell("version", one.version().isEmpty() ? "never ran" : one.version()),
                        cell("active", one.active().isEmpty() ? ready(one) : one.active()),
                        cell("token", one.token() == 0 ? "" : number(one.token())),
                        cell("open orders", open.isPresent() ? number(open.get()) : ""),
                        cell("last change", quiet(one.lastChange())),
                        cell("", acts));
    }

    private static String ready(ServiceLine one) {
        var ready =
                one.instances().stream().filter(it -> it.state() == DeskStatus.State.READY).count();
        return one.instances().isEmpty() ? "" : ready + " ready";
    }

    /// A time in a sentence without parts of a second.
    private static String whole(String text) {
        return text.replaceAll("(\\d\\d:\\d\\d:\\d\\d)\\.\\d+Z", "$1Z");
    }

    private static Object quiet(String text) {
        return text.isEmpty() ? "" : tag("span").as("quiet").of(text);
    }

    private static Html number(Object value) {
        return tag("span").as("number").of(value);
    }

    private Html day(boolean isBrief) {
        var last = views.startOfDay();
        if (last.isEmpty()) {
            return nothingYet(
                    "The ledger tells of no start of day yet. Once a check before the open is written down, it stands here.");
        }
        var one = last.get();
        var when =
                tag("p").as("quiet")
                        .of(
                                tag("a").with("href", "/ledger/" + one.index()).of(one.type()),
                                " by ",
                                one.by(),
                                " at ",
                                time(one.at(), DAY));
        try {
            var body = JSON.readTree(one.body());
            return tag("div").as("card").of(when, isBrief ? brief(body) : told(body));
        } catch (JsonProcessingException _) { // a newer release wrote it in another form
            return tag("div").as("card").of(when, tag("pre", one.body()));
        }
    }

    /// Without its tables.
    private static Html brief(JsonNode body) {
        var all = new ArrayList<Object>();
        body.properties()
                .forEach(
                        one -> {
                            if (one.getValue().isValueNode()) {
                                all.add(one.getKey());
                                all.add(one.getValue().asText());
                            }
                        });
        return facts(all.toArray());
    }

    /// Whatever it says: values as a list, lists of objects as tables.
    private static Html told(JsonNode body) {
        var all = new ArrayList<Html>();
        all.add(brief(body));
        body.properties()
                .forEach(
                        one -> {
                            var value = one.getValue();
                            if (value.isArray() && value.path(0).isObject()) {
                                var heads = new ArrayList<String>();
                                value.path(0)
                                        .properties()
                                        .forEach(head -> heads.add(head.getKey()));
                                var rows = new ArrayList<Html>();
                                value.forEach(
                                        row ->
                                                rows.add(
                                                        tag("tr")
                                                                .of(
                                                                        heads.stream()
                                                                                .map(
                                                                                        head ->
                                                                                                cell(
                                                                                                        head,
                                                                                                        text(
                                                                                                                row
                                                                                                                        .path(
                                                                                                                                head))))
                                                                                .toList())));
                                all.add(tag("h3", one.getKey()));
                                all.add(table("day", heads, rows));
                            } else if (!value.isValueNode()) {
                                all.add(tag("h3", one.getKey()));
                                all.add(tag("pre", value.toPrettyString()));
                            }
                        });
        return many(all);
    }

    private static Object text(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? pill("good", "yes") : pill("bad", "no");
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static Html lately(List<RolloutView> all) {
        var over = all.stream().filter(one -> !one.isUnderway()).limit(LATELY).toList();
        return over.isEmpty() ? nothingYet("No rollout has ended yet.") : rolloutTable(over);
    }

    private static Html rolloutTable(List<RolloutView> all) {
        return table(
                "rollouts",
                List.of("rollout", "outcome", "asked", "why it ended so"),
                all.stream()
                        .map(
                                one ->
                                        tag("tr")
                                                .of(
                                                        cell(
                                                                "rollout",
                                                                tag("a").with(
                                                                                "href",
                                                                                "/rollouts/"
                                                                                        + one
                                                                                                .rollout())
                                                                        .of(title(one))),
                                                        cell("outcome", outcome(one)),
                                                        cell(
                                                                "asked",
                                                                many(
                                                                        time(one.at(), DAY),
                                                                        " by ",
                                                                        one.by())),
                                                        cell("why", quiet(one.ending()))))
                        .toList());
    }

    private Html stops(DeskStatus status) {
        if (!may(Right.STOP)) {
            return tag("p").as("quiet").of("You may look, and not stop anything.");
        }
        var freeze =
                status.freeze() == null
                        ? many(
                                tag("p", "No rollout begins until somebody thaws."),
                                act("freeze", "", "Freeze changes"))
                        : may(Right.CHANGE)
                                ? many(
                                        tag("p", "Changes are frozen."),
                                        act("thaw", "", "Thaw changes"))
                                : tag("p", "Changes are frozen.");
        var kill =
                tag("details")
                        .of(
                                tag("summary").as("danger").of("Kill order flow…"),
                                form(
                                        "/act",
                                        "stack",
                                        hidden("act", "kill"),
                                        tag("p").of(
                                                        "Blocks new orders and cancels open ones, of order entry and strategies. It takes seconds and needs no approval. Only an approved re-arm lifts it."),
                                        tag("label")
                                                .of(
                                                        "Why",
                                                        tag("input")
                                                                .with("name", "reason")
                                                                .with("maxlength", 500)
                                                                .with("autocomplete", "off")),
                                        tag("label")
                                                .as("check")
                                                .of(
                                                        tag("input")
                                                                .with("type", "checkbox")
                                                                .with("name", "sure")
                                                                .with("value", "yes")
                                                                .with("required", ""),
                                                        "I mean it"),
                                        tag("button")
                                                .as("danger")
                                                .with("type", "submit")
                                                .of("Kill all order flow")));
        return tag("div")
                .as("stops")
                .of(tag("div").as("card").of(freeze), tag("div").as("card").of(kill));
    }

    // Small pieces.

    private boolean may(Right right) {
        return asker != null && asker.may(right, now);
    }

    private Html act(String act, String kind, String label, String... fields) {
        var hidden = new ArrayList<Html>();
        hidden.add(hidden("act", act));
        for (int i = 0; i < fields.length; i += 2) {
            hidden.add(hidden(fields[i], fields[i + 1]));
        }
        return form("/act", "", hidden, tag("button").as(kind).with("type", "submit").of(label));
    }

    private Html form(String action, String kind, Object... content) {
        var key = asker == null ? "" : asker.session().map(Sessions.Session::form).orElse("");
        return tag("form")
                .as(kind)
                .with("method", "post")
                .with("action", action)
                .of(hidden("form", key), many(content));
    }

    private static Html hidden(String name, String value) {
        return tag("input").with("type", "hidden").with("name", name).with("value", value);
    }

    private static Html table(String kind, List<String> heads, Collection<? extends Html> rows) {
        return tag("div")
                .as("card flat")
                .of(
                        tag("table")
                                .as(kind)
                                .of(
                                        tag("thead")
                                                .of(
                                                        tag("tr")
                                                                .of(
                                                                        heads.stream()
                                                                                .map(
                                                                                        one ->
                                                                                                tag("th")
                                                                                                        .with(
                                                                                                                "scope",
                                                                                                                "col")
                                                                                                        .of(
                                                                                                                one))
                                                                                .toList())),
                                        tag("tbody").of(rows)));
    }

    /// On a phone each cell stands below the other, after its name.
    private static Html cell(String name, Object content) {
        var isNothing = content.equals("") || content.equals(Html.NONE);
        var cell = tag("td").with("data-name", name);
        return isNothing ? cell.as("none") : cell.of(tag("span").of(content));
    }

    private static Html facts(Object... namesAndValues) {
        var all = new ArrayList<Html>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.add(
                    tag("div")
                            .of(
                                    tag("dt").of(namesAndValues[i]),
                                    tag("dd").of(namesAndValues[i + 1])));
        }
        return tag("dl").of(all);
    }

    private static Html.Tag pill(String kind, String text) {
        return tag("span").as("pill " + kind).of(text);
    }

    private static Html outcome(RolloutView one) {
        var outcome = one.outcome();
        if (outcome == null) {
            return pill(one.state().equals("waiting") ? "warn" : "now", one.state());
        }
        var kind =
                switch (outcome) {
                    case DONE -> "good";
                    case STUCK -> "bad";
                    case GATED, REFUSED, ROLLED_BACK, ABORTED -> "warn";
                };
        return pill(kind, Words.of(outcome).replace('-', ' '));
    }

    private static Html nothingYet(String text) {
        return tag("p").as("card quiet").of(text);
    }

    private static String title(RolloutView one) {
        return "%s %s %s".formatted(one.rollout(), one.service(), change(one));
    }

    private static String change(RolloutView one) {
        return one.from().isEmpty() ? one.to() : one.from() + " → " + one.to();
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(HASH, hash.length()));
    }

    private static Html names(Collection<String> names, String all) {
        return names.isEmpty()
                ? tag("span").as("quiet").of(all)
                : tag("span").of(String.join(", ", names));
    }

    private static Html time(Instant at, DateTimeFormatter form) {
        return tag("time").as("number").with("datetime", at).of(form.format(at));
    }

    private static String pretty(String json) {
        try {
            return JSON.readTree(json).toPrettyString();
        } catch (JsonProcessingException _) { // then as it is
            return json;
        }
    }
}
