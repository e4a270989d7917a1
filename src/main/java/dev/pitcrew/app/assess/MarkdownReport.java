package dev.pitcrew.app.assess;

import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.outlook.Availability;
import dev.pitcrew.assess.outlook.Outlook;
import dev.pitcrew.assess.outlook.Recovery;
import dev.pitcrew.model.infra.Trading;
import java.util.Locale;
import java.util.stream.Stream;

/// An assessment as Markdown, for a pull request or a wiki.
public final class MarkdownReport {
    private static final int PLACES_TOLD = 10;

    private final StringBuilder text = new StringBuilder();

    private MarkdownReport() {}

    /// The text of it.
    public static String of(Assessment assessment, Outlook outlook) {
        var report = new MarkdownReport();
        report.findings(assessment);
        report.system(outlook);
        return report.text.toString().stripTrailing();
    }

    private void findings(Assessment assessment) {
        var extent = assessment.extent();
        line("# Assessment");
        line("");
        line(
                "%d findings, %d suppressed, in %d files of %d lines."
                        .formatted(
                                assessment.findings().size(),
                                assessment.suppressed().size(),
                                extent.files(),
                                extent.lines()));
        assessment.comparison().ifPresent(this::comparison);
        for (var group : assessment.groups()) {
            line("");
            line(
                    "## %s: %s %s"
                            .formatted(
                                    group.severity().name().toLowerCase(Locale.ROOT),
                                    group.check().code(),
                                    group.check().summary()));
            line("");
            int told = Math.min(PLACES_TOLD, group.findings().size());
            for (var finding : group.findings().subList(0, told)) {
                line("- `%s` %s".formatted(finding.place(), plain(finding.what())));
                finding.related()
                        .forEach(
                                one ->
                                        line(
                                                "  - `%s` %s"
                                                        .formatted(
                                                                one.place(), plain(one.what()))));
            }
            if (told < group.findings().size()) {
                line("- and at " + more(group.findings().size() - told));
            }
            CheckPage.of(group.check())
                    .ifPresent(
                            page -> {
                                line("");
                                line("**Why** " + page.inOneLine("Why it matters"));
                                line("");
                                line("**Do** " + page.inOneLine("What to do"));
                            });
        }
        if (!assessment.problems().isEmpty()) {
            line("");
            line("## Could not be read");
            line("");
            assessment
                    .problems()
                    .forEach(one -> line("- `%s` %s".formatted(one.place(), plain(one.message()))));
        }
        if (!assessment.notes().isEmpty()) {
            line("");
            line("## Suppressions to look at");
            line("");
            assessment
                    .notes()
                    .forEach(one -> line("- `%s` %s".formatted(one.place(), plain(one.message()))));
        }
    }

    private void comparison(Comparison one) {
        line("");
        line(plain(one.summary()) + ".");
        line("");
        line("| | new | gone | still there |");
        line("|---|---|---|---|");
        Stream.concat(one.bySeverity().stream(), one.byFamily().stream())
                .forEach(
                        row ->
                                line(
                                        "| %s | %d | %d | %d |"
                                                .formatted(
                                                        row.name(),
                                                        row.fresh(),
                                                        row.gone(),
                                                        row.still())));
        if (!one.gone().isEmpty()) {
            line("");
            line("Gone:");
            one.gone()
                    .forEach(
                            was ->
                                    line(
                                            "- %s `%s` %s"
                                                    .formatted(
                                                            was.code(),
                                                            was.place().file(),
                                                            plain(was.what()))));
        }
    }

    private void system(Outlook outlook) {
        if (outlook.sketch().services().isEmpty()) {
            return;
        }
        line("");
        line("## The system");
        line("");
        line("| service | does | trades | because |");
        line("|---|---|---|---|");
        for (var part : outlook.sketch().services()) {
            line(
                    "| %s | %s | %s | %s |"
                            .formatted(
                                    part.name(),
                                    part.duty().text(),
                                    part.trading() == Trading.UNKNOWN
                                            ? ""
                                            : part.trading().name().toLowerCase(Locale.ROOT),
                                    plain(part.because())));
        }
        if (!outlook.losses().isEmpty()) {
            line("");
            line("| if it dies | stops | orders | data lost |");
            line("|---|---|---|---|");
            outlook.losses()
                    .forEach(
                            one ->
                                    line(
                                            "| %s%s | %s | %s | %s |"
                                                    .formatted(
                                                            one.service(),
                                                            one.isSinglePoint() ? " (single)" : "",
                                                            String.join(", ", one.stops()),
                                                            one.orders(),
                                                            one.data())));
        }
        outlook.page()
                .ifPresent(
                        page -> {
                            line("");
                            line(
                                    "Worst time from a fault to the page: %s, `%s`, %s; a month of sessions at 99.99 %% allows %s s."
                                            .formatted(
                                                    page.alert(),
                                                    page.place(),
                                                    page.time(),
                                                    Availability.BUDGET_SECONDS));
                        });
        if (!outlook.failovers().isEmpty()) {
            line("");
            line("| store | when | gone for at least | because |");
            line("|---|---|---|---|");
            outlook.failovers()
                    .forEach(
                            one ->
                                    line(
                                            "| %s | %s | %s | %s |"
                                                    .formatted(
                                                            one.store(),
                                                            one.fault(),
                                                            Recovery.text(one.least()),
                                                            one.sum())));
        }
        line("");
        line("```mermaid");
        text.append(GraphText.mermaid(outlook.sketch()));
        line("```");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String plain(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private static String more(int places) {
        return places == 1 ? "one more place" : places + " more places";
    }
}
