package dev.pitcrew.server;

import static dev.pitcrew.server.Html.many;
import static dev.pitcrew.server.Html.tag;
import static dev.pitcrew.server.Pieces.DAY;
import static dev.pitcrew.server.Pieces.TIME;
import static dev.pitcrew.server.Pieces.brief;
import static dev.pitcrew.server.Pieces.cell;
import static dev.pitcrew.server.Pieces.pill;
import static dev.pitcrew.server.Pieces.quiet;
import static dev.pitcrew.server.Pieces.sentence;
import static dev.pitcrew.server.Pieces.table;
import static dev.pitcrew.server.Pieces.time;

import dev.pitcrew.app.PlainWords;
import dev.pitcrew.app.RolloutView;
import dev.pitcrew.app.RolloutView.Progress;
import dev.pitcrew.app.RolloutView.StepLine;
import dev.pitcrew.model.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rollouts as they stand on pages.
record RolloutParts(Frame frame) {
    Html approval(RolloutView one) {
        var forms = new ArrayList<Html>();
        if (frame.may(Right.APPROVE, one.service())) {
            forms.add(
                    frame.act(
                            "approve",
                            "main",
                            "Approve " + brief(one.hash()),
                            "service",
                            one.service(),
                            "hash",
                            one.hash()));
        }
        if (frame.may(Right.STOP, one.service())) {
            forms.add(frame.act("abort", "", "Abort", "service", one.service()));
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
                        tag("p").as("quiet").of("Waits for ", sentence(one.waitsFor())),
                        notes(one),
                        tag("div").as("acts").of(forms));
    }

    Html rolloutCard(RolloutView one) {
        return rolloutCard(one, true);
    }

    /// @param isTitled whether its name stands on it, as where there are several
    Html rolloutCard(RolloutView one, boolean isTitled) {
        var forms = new ArrayList<Html>();
        if (one.needsApproval() && frame.may(Right.APPROVE, one.service())) {
            forms.add(
                    frame.act(
                            "approve",
                            "main",
                            "Approve " + brief(one.hash()),
                            "service",
                            one.service(),
                            "hash",
                            one.hash()));
        }
        if (one.isUnderway()
                && !one.state().equals("returning")
                && frame.may(Right.STOP, one.service())) {
            forms.add(frame.act("abort", "", "Abort", "service", one.service()));
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
                        one.ending().isEmpty()
                                ? Html.NONE
                                : tag("p").as("ending").of(sentence(one.ending())),
                        one.next().isEmpty()
                                ? Html.NONE
                                : tag("p").as("banner bad").of(sentence("Next: " + one.next())),
                        notes(one),
                        gates(one),
                        steps("", one.forward()),
                        one.back().isEmpty() ? Html.NONE : steps("The way back", one.back()),
                        forms.isEmpty() ? Html.NONE : tag("div").as("acts").of(forms));
    }

    static Html notes(RolloutView one) {
        var all = new ArrayList<>(one.notes());
        one.overrides().forEach(it -> all.add("passes " + it));
        return all.isEmpty()
                ? Html.NONE
                : tag("ul").as("notes").of(all.stream().map(it -> tag("li", it)).toList());
    }

    static Html gates(RolloutView one) {
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
                                                                tag("span")
                                                                        .of(sentence(gate.told()))))
                                .toList());
    }

    static Html steps(String title, List<StepLine> steps) {
        return many(
                title.isEmpty() ? Html.NONE : tag("h4", title),
                tag("ol").as("steps").of(steps.stream().map(RolloutParts::step).toList()));
    }

    static Html step(StepLine one) {
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

    static String told(StepLine one) {
        return switch (one.progress()) {
            case NOW -> one.told().isEmpty() ? "now" : "waits for " + one.told();
            case LEFT_OUT -> "not reached";
            case TAKEN, FAILED, AHEAD -> one.told();
        };
    }

    /// What several gates say stands below one another.
    static List<Html> lines(String told) {
        return Arrays.stream(told.split("; ", -1))
                .<Html>map(one -> tag("p").of(sentence(one)))
                .toList();
    }

    static String seconds(long seconds) {
        var duration = Duration.ofSeconds(seconds);
        return seconds < 120
                ? seconds + " s"
                : seconds < 7200 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }

    static Html rolloutTable(List<RolloutView> all) {
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
                                                        cell(
                                                                "why",
                                                                quiet(
                                                                        PlainWords.sentence(
                                                                                one.ending())))))
                        .toList());
    }

    static Html outcome(RolloutView one) {
        var outcome = one.outcome();
        if (outcome == null) {
            return pill(one.state().equals("waiting") ? "warn" : "now", one.state());
        }
        var kind =
                switch (outcome) {
                    case DONE, SHADOWED -> "good";
                    case STUCK -> "bad";
                    case GATED, REFUSED, ROLLED_BACK, ABORTED -> "warn";
                };
        return pill(kind, Words.of(outcome).replace('-', ' '));
    }

    static String title(RolloutView one) {
        return "%s %s %s".formatted(one.rollout(), one.service(), change(one));
    }

    static String change(RolloutView one) {
        return one.from().isEmpty() ? one.to() : one.from() + " → " + one.to();
    }
}
