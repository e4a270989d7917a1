package dev.pitcrew.server;

import static dev.pitcrew.server.Html.many;
import static dev.pitcrew.server.Html.tag;
import static dev.pitcrew.server.Pieces.DAY;
import static dev.pitcrew.server.Pieces.TIME;
import static dev.pitcrew.server.Pieces.banner;
import static dev.pitcrew.server.Pieces.cell;
import static dev.pitcrew.server.Pieces.hidden;
import static dev.pitcrew.server.Pieces.live;
import static dev.pitcrew.server.Pieces.nothingYet;
import static dev.pitcrew.server.Pieces.number;
import static dev.pitcrew.server.Pieces.part;
import static dev.pitcrew.server.Pieces.quiet;
import static dev.pitcrew.server.Pieces.table;
import static dev.pitcrew.server.Pieces.time;
import static dev.pitcrew.server.Pieces.whole;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.RolloutView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The first page: all of the desk.
record DeskPage(Frame frame, Views views) {
    private static final int LATELY = 5;

    Html page() {
        var parts = new RolloutParts(frame);
        var status = views.status();
        var rollouts = views.rollouts();
        var underway = rollouts.stream().filter(RolloutView::isUnderway).toList();
        var waiting = underway.stream().filter(RolloutView::needsApproval).toList();
        var going = underway.stream().filter(one -> !one.needsApproval()).toList();
        var picture = views.picture(status);
        return frame.page(
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
                                        waiting.stream().map(parts::approval).toList())),
                live(
                        "underway",
                        going.isEmpty()
                                ? Html.NONE
                                : part(
                                        "Underway",
                                        going.stream().map(parts::rolloutCard).toList())),
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
                part("Instances", live("instances", InstanceParts.all(status))),
                part("Start of day", live("day", DayParts.brief(views.startOfDay()))),
                part("Lately", live("lately", lately(rollouts))),
                part("Stop", live("stop", stops(status))));
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
        all.add(OperatorParts.news(views.operatorChanges(), frame.now()));
        return many(all);
    }

    private static Html legend() {
        return tag("p").as("legend quiet")
                .of(
                        tag("span").as("key orders").of("orders"),
                        tag("span").as("key data").of("data and reports"),
                        tag("span").as("dot full").of("active"),
                        tag("span").as("dot").of("ready, passive where only one may send"));
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
                && frame.may(Right.CHANGE, one.name())) {
            acts = frame.act("rollback", "", "Back to " + one.lastGood(), "service", one.name());
        }
        if ((one.killed() || one.stuck() != null)
                && !isChanging
                && frame.may(Right.CHANGE, one.name())) {
            acts = frame.act("rearm", "", "Re-arm", "service", one.name());
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

    private static Html lately(List<RolloutView> all) {
        var over = all.stream().filter(one -> !one.isUnderway()).limit(LATELY).toList();
        return over.isEmpty()
                ? nothingYet("No rollout has ended yet.")
                : RolloutParts.rolloutTable(over);
    }

    private Html stops(DeskStatus status) {
        if (!frame.may(Right.STOP)) {
            return tag("p").as("quiet")
                    .of("Your token does not allow you to stop all of the desk.");
        }
        var freeze =
                status.freeze() == null
                        ? many(
                                tag(
                                        "p",
                                        "While changes are frozen no rollout begins, until somebody thaws them."),
                                frame.act("freeze", "", "Freeze changes"))
                        : frame.may(Right.CHANGE)
                                ? many(
                                        tag("p", "Changes are frozen."),
                                        frame.act("thaw", "", "Thaw changes"))
                                : tag("p", "Changes are frozen.");
        var kill =
                tag("details")
                        .of(
                                tag("summary").as("danger").of("Kill order flow…"),
                                frame.form(
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
}
