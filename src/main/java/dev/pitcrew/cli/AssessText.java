package dev.pitcrew.cli;

import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.app.assess.Assessment.Group;
import dev.pitcrew.app.assess.Comparison;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.outlook.Availability;
import dev.pitcrew.assess.outlook.Failover;
import dev.pitcrew.assess.outlook.Loss;
import dev.pitcrew.assess.outlook.Outlook;
import dev.pitcrew.assess.outlook.Outlook.Exposure;
import dev.pitcrew.assess.outlook.Recovery;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Part;
import dev.pitcrew.model.infra.Trading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// An assessment for people at a terminal: the worst first, one cause once, the rest folded.
final class AssessText {
    private static final int GROUPS_TOLD = 10;
    private static final int PLACES_TOLD = 3;
    private static final int SERVICES_TOLD = 8;
    private static final int GONE_TOLD = 10;
    private static final int PARTS_TOLD = 16;
    private static final int WIDTH = 100;

    private final Ink ink;
    private final boolean isAll;
    private final List<String> lines = new ArrayList<>();

    private AssessText(Ink ink, boolean isAll) {
        this.ink = ink;
        this.isAll = isAll;
    }

    /// @param isAll every finding at every place
    static String of(Assessment assessment, Outlook outlook, boolean isAll, Ink ink) {
        var text = new AssessText(ink, isAll);
        text.findings(assessment.groups());
        assessment.comparison().ifPresent(text::comparison);
        text.problems("Could not be read", assessment.problems());
        text.problems("Suppressions to look at", assessment.notes());
        text.system(outlook);
        text.failovers(outlook.failovers());
        text.end(assessment);
        return String.join("\n", text.lines);
    }

    private void findings(List<Group> groups) {
        int told = isAll ? groups.size() : Math.min(GROUPS_TOLD, groups.size());
        groups.subList(0, told).forEach(this::group);
        if (told < groups.size()) {
            say(
                    "%d more kinds of findings, told in full with --all:"
                            .formatted(groups.size() - told));
            for (Group group : groups.subList(told, groups.size())) {
                say(
                        "  %-8s %-8s %s%s"
                                .formatted(
                                        word(group.severity()),
                                        group.check().code(),
                                        group.check().summary(),
                                        times(group.findings().size())));
            }
            say("");
        }
    }

    private void group(Group group) {
        String head =
                "%s  %s %s"
                        .formatted(
                                word(group.severity()).toUpperCase(Locale.ROOT),
                                group.check().code(),
                                group.check().name());
        say(group.severity().compareTo(Severity.HIGH) <= 0 ? ink.bad(head) : head);
        int told = isAll ? group.findings().size() : Math.min(PLACES_TOLD, group.findings().size());
        group.findings().subList(0, told).forEach(this::finding);
        if (told < group.findings().size()) {
            say(ink.quiet("  … and at " + more(group.findings().size() - told)));
        }
        CheckPage.of(group.check())
                .ifPresent(
                        page -> {
                            wrap("  Why  ", page.inOneLine("Why it matters"));
                            wrap("  Do   ", page.inOneLine("What to do"));
                        });
        say("");
    }

    private void finding(Finding finding) {
        String unsure =
                switch (finding.confidence()) {
                    case HIGH -> "";
                    case MEDIUM -> " (likely)";
                    case LOW -> " (may be)";
                };
        say("  " + finding.place());
        wrap("      ", finding.what() + unsure);
        for (var related : finding.related()) {
            say(ink.quiet("      %s  %s".formatted(related.place(), related.what())));
        }
    }

    private void comparison(Comparison one) {
        say(one.summary());
        var rows = new ArrayList<>(one.bySeverity());
        rows.addAll(one.byFamily());
        if (!rows.isEmpty()) {
            say(ink.quiet("  %-32s %5s %5s %5s".formatted("", "new", "gone", "still")));
        }
        for (Comparison.Row row : rows) {
            say("  %-32s %5d %5d %5d".formatted(row.name(), row.fresh(), row.gone(), row.still()));
        }
        var gone = one.gone();
        int told = isAll ? gone.size() : Math.min(GONE_TOLD, gone.size());
        for (var was : gone.subList(0, told)) {
            say("  gone: %s %s".formatted(was.code(), was.place().file()));
            wrap("      ", was.what());
        }
        if (told < gone.size()) {
            say(ink.quiet("  … and %d more are gone".formatted(gone.size() - told)));
        }
        say("");
    }

    private void problems(String title, List<Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        say(title);
        int told = isAll ? problems.size() : Math.min(5, problems.size());
        problems.subList(0, told).forEach(problem -> say("  " + problem));
        if (told < problems.size()) {
            say(ink.quiet("  … and %d more".formatted(problems.size() - told)));
        }
        say("");
    }

    private void system(Outlook outlook) {
        var parts = outlook.sketch().services();
        if (parts.isEmpty()) {
            return;
        }
        say("The system, as its files let one understand it");
        int told = isAll ? parts.size() : Math.min(PARTS_TOLD, parts.size());
        for (Part part : ordered(parts).subList(0, told)) {
            String trading =
                    part.trading() == Trading.UNKNOWN
                            ? ""
                            : ", " + part.trading().name().toLowerCase(Locale.ROOT);
            say(
                    "  %-24s %s"
                            .formatted(
                                    part.name(),
                                    part.duty().text()
                                            + trading
                                            + ink.quiet("  " + part.because())));
        }
        if (told < parts.size()) {
            say(ink.quiet("  … and %d more, with --all".formatted(parts.size() - told)));
        }
        say("");
        feeds(outlook.sketch());
        exposed(outlook.exposed());
        losses(outlook.losses());
        recovery(outlook);
    }

    private void failovers(List<Failover> failovers) {
        if (failovers.isEmpty()) {
            return;
        }
        say(
                "Worst-case failover of stores, before promotion and reconnecting, against the same %s s"
                        .formatted(Availability.BUDGET_SECONDS));
        for (Failover one : failovers) {
            wrap(
                    "  %-24s ".formatted(one.store()),
                    "%s: %s or more%s (%s)"
                            .formatted(
                                    one.fault(),
                                    Recovery.text(one.least()),
                                    one.isOverBudget() ? ", over budget" : "",
                                    one.sum()));
        }
        say("");
    }

    /// Those of which something is known first, those for tests last.
    private static List<Part> ordered(List<Part> parts) {
        return parts.stream()
                .sorted(
                        Comparator.comparing((Part part) -> part.trading() == Trading.TEST)
                                .thenComparing(part -> part.duty() == Duty.OTHER)
                                .thenComparing(part -> !part.duty().isOrderPath()))
                .toList();
    }

    private void feeds(Sketch sketch) {
        if (!sketch.feeds().isEmpty()) {
            say("Prices and streams from outside");
            sketch.feeds()
                    .forEach(one -> say("  %-24s %s".formatted(one.value(), quiet(one.place()))));
            say("");
        }
    }

    private void exposed(List<Exposure> exposed) {
        if (exposed.isEmpty()) {
            return;
        }
        say("Reachable from outside the host");
        var byService = new LinkedHashMap<String, List<Exposure>>();
        exposed.forEach(
                one -> byService.computeIfAbsent(one.service(), _ -> new ArrayList<>()).add(one));
        int left = isAll ? byService.size() : SERVICES_TOLD;
        for (var one : byService.entrySet()) {
            if (left-- == 0) {
                say(
                        ink.quiet(
                                "  … and %d more services"
                                        .formatted(byService.size() - SERVICES_TOLD)));
                break;
            }
            var addresses = one.getValue().stream().map(Exposure::address).distinct().toList();
            say(
                    "  %-24s %s  %s"
                            .formatted(
                                    one.getKey(),
                                    String.join(", ", addresses),
                                    quiet(one.getValue().getFirst().place())));
        }
        say("");
    }

    private String quiet(Place place) {
        return ink.quiet(place.toString());
    }

    private void losses(List<Loss> losses) {
        if (losses.isEmpty()) {
            return;
        }
        say("What if it dies");
        int told = isAll ? losses.size() : Math.min(SERVICES_TOLD, losses.size());
        for (Loss loss : losses.subList(0, told)) {
            var says = new ArrayList<String>();
            if (!loss.stops().isEmpty()) {
                says.add("stops " + String.join(", ", loss.stops()));
            }
            if (!loss.orders().isEmpty()) {
                says.add(loss.orders());
            }
            if (!loss.data().isEmpty()) {
                says.add("loses " + loss.data());
            }
            String mark = loss.isSinglePoint() ? "single" : "× " + loss.copies();
            wrap("  %-24s %-7s ".formatted(loss.service(), mark), String.join("; ", says));
        }
        if (told < losses.size()) {
            say(ink.quiet("  … and %d more, with --all".formatted(losses.size() - told)));
        }
        say("");
    }

    private void recovery(Outlook outlook) {
        outlook.page()
                .ifPresent(
                        page -> {
                            say("Worst time from a fault to the page");
                            wrap(
                                    "  %-24s ".formatted(page.alert()),
                                    "%s; a month of sessions at 99.99 %% allows %s s"
                                            .formatted(page.time(), Availability.BUDGET_SECONDS));
                            say("");
                        });
        if (outlook.recoveries().isEmpty()) {
            return;
        }
        say(
                "Worst-case recovery of the order path, against %s s of a month's sessions at 99.99 %%"
                        .formatted(Availability.BUDGET_SECONDS));
        for (Recovery one : outlook.recoveries()) {
            wrap("  %-24s crash ".formatted(one.service()), time(one.crash()) + one.crashSum());
            wrap("  %-24s hang  ".formatted(""), time(one.hang()) + one.hangSum());
        }
        var availability = outlook.availability();
        availability
                .share()
                .ifPresent(
                        share ->
                                wrap(
                                        "  ",
                                        "Estimate: %.3f %% of session time, %.0f s a month without orders, most of it because %s (%.0f s). Assumed: %s."
                                                .formatted(
                                                        share * 100,
                                                        availability.secondsAMonth(),
                                                        availability.terms().getFirst().what(),
                                                        availability.terms().getFirst().seconds(),
                                                        String.join(
                                                                "; ",
                                                                availability.assumptions()))));
        say("");
    }

    private static String time(java.util.Optional<java.time.Duration> time) {
        return time.map(one -> Recovery.text(one) + ": ").orElse("a person: ");
    }

    private void end(Assessment assessment) {
        var counts = new EnumMap<Severity, Integer>(Severity.class);
        assessment.findings().forEach(one -> counts.merge(one.severity(), 1, Integer::sum));
        var said = new ArrayList<String>();
        counts.forEach((severity, count) -> said.add(count + " " + word(severity)));
        var extent = assessment.extent();
        String suppressed =
                assessment.suppressed().isEmpty()
                        ? ""
                        : ", %d suppressed".formatted(assessment.suppressed().size());
        say(
                "%s%s in %d files, %d lines"
                                .formatted(
                                        said.isEmpty() ? "Nothing found" : String.join(", ", said),
                                        suppressed,
                                        extent.files(),
                                        extent.lines())
                        + (extent.leftOut() == 0
                                ? ""
                                : "; %d more are there for tests to read, and were left out"
                                        .formatted(extent.leftOut())));
    }

    private static String times(int count) {
        return count == 1 ? "" : " (" + count + " places)";
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private void say(String line) {
        lines.add(line);
    }

    /// Text after a head, its further lines below where it begins.
    private void wrap(String head, String text) {
        var line = new StringBuilder(head);
        boolean isEmpty = true;
        for (String word : text.split(" ", -1)) {
            if (!isEmpty && line.length() + word.length() + 1 > WIDTH) {
                say(line.toString());
                line.setLength(0);
                line.repeat(' ', head.length());
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        say(line.toString());
    }

    private static String more(int places) {
        return places == 1 ? "one more place" : places + " more places";
    }
}
