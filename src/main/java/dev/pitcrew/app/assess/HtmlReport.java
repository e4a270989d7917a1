package dev.pitcrew.app.assess;

import dev.pitcrew.app.assess.Assessment.Group;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.outlook.Availability;
import dev.pitcrew.assess.outlook.Outlook;
import dev.pitcrew.assess.outlook.Recovery;
import dev.pitcrew.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// An assessment as one HTML file: no script, nothing loaded from elsewhere, light and dark.
public final class HtmlReport {
    private final StringBuilder html = new StringBuilder();

    private HtmlReport() {}

    /// The text of it.
    ///
    /// @param title the repository's name
    public static String of(String title, Assessment assessment, Outlook outlook) {
        var report = new HtmlReport();
        report.page(title, assessment, outlook);
        return report.html.toString().stripTrailing();
    }

    private void page(String title, Assessment assessment, Outlook outlook) {
        add("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        add("<meta name=\"color-scheme\" content=\"light dark\">");
        add("<title>" + Html.text(title) + " · Pitcrew assessment</title>");
        add("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>");
        head(title, assessment);
        graph(outlook);
        add("<section><h2>Findings</h2>");
        if (assessment.groups().isEmpty()) {
            add("<p>Nothing found.</p>");
        }
        assessment.groups().forEach(this::group);
        add("</section>");
        losses(outlook);
        page(outlook);
        recovery(outlook);
        failovers(outlook);
        services(outlook);
        notes("Could not be read", assessment.problems());
        notes("Suppressions to look at", assessment.notes());
        suppressed(assessment);
        add("</main>\n</body>\n</html>");
    }

    private void head(String title, Assessment assessment) {
        var extent = assessment.extent();
        add("<header><h1>%s</h1>".formatted(Html.text(title)));
        add(
                "<p class=\"quiet\">Assessed by Pitcrew: %d files, %d lines.</p>"
                        .formatted(extent.files(), extent.lines()));
        add("<ul class=\"counts\">");
        var counts = new EnumMap<Severity, Integer>(Severity.class);
        assessment.findings().forEach(one -> counts.merge(one.severity(), 1, Integer::sum));
        for (Severity severity : Severity.values()) {
            add(
                    "<li class=\"%s\"><b>%d</b> %s</li>"
                            .formatted(
                                    word(severity),
                                    counts.getOrDefault(severity, 0),
                                    word(severity)));
        }
        add("</ul>");
        assessment
                .comparison()
                .ifPresent(it -> add("<p>%s.</p>".formatted(Html.text(it.summary()))));
        add("</header>");
    }

    private void graph(Outlook outlook) {
        String svg = GraphDrawing.svg(outlook.sketch());
        if (!svg.isEmpty()) {
            add("<section><h2>The system</h2><div class=\"wide\">" + svg + "</div></section>");
        }
    }

    private void group(Group group) {
        boolean isOpen = group.severity().compareTo(Severity.HIGH) <= 0;
        add("<details class=\"finding\"%s>".formatted(isOpen ? " open" : ""));
        add(
                "<summary><span class=\"severity %s\">%s</span> <b>%s</b> %s <span class=\"quiet\">%s</span></summary>"
                        .formatted(
                                word(group.severity()),
                                word(group.severity()),
                                group.check().code(),
                                Html.text(group.check().summary()),
                                group.findings().size() == 1
                                        ? ""
                                        : "× " + group.findings().size()));
        add("<ul>");
        group.findings().forEach(this::finding);
        add("</ul>");
        CheckPage.of(group.check())
                .ifPresent(
                        page -> {
                            add(
                                    "<p><b>Why</b> "
                                            + Html.markdown(page.inOneLine("Why it matters"))
                                            + "</p>");
                            add(
                                    "<p><b>Do</b> "
                                            + Html.markdown(page.inOneLine("What to do"))
                                            + "</p>");
                            add(
                                    "<p class=\"quiet\">"
                                            + Html.text(String.join(" · ", page.controls()))
                                            + "</p>");
                        });
        add("</details>");
    }

    private void finding(Finding finding) {
        add(
                "<li><code>%s</code> %s%s"
                        .formatted(
                                Html.text(finding.place().toString()),
                                Html.text(finding.what()),
                                switch (finding.confidence()) {
                                    case HIGH -> "";
                                    case MEDIUM -> " <span class=\"quiet\">likely</span>";
                                    case LOW -> " <span class=\"quiet\">may be</span>";
                                }));
        for (var one : finding.related()) {
            add(
                    "<br><span class=\"quiet\"><code>%s</code> %s</span>"
                            .formatted(Html.text(one.place().toString()), Html.text(one.what())));
        }
        add("</li>");
    }

    private void losses(Outlook outlook) {
        if (outlook.losses().isEmpty()) {
            return;
        }
        add(
                "<section><h2>What if it dies</h2><div class=\"wide\"><table><thead><tr><th>service</th><th>copies</th><th>stops</th><th>orders</th><th>data lost at most</th></tr></thead><tbody>");
        outlook.losses()
                .forEach(
                        one ->
                                row(
                                        one.service(),
                                        one.isSinglePoint()
                                                ? "1, single point"
                                                : String.valueOf(one.copies()),
                                        String.join(", ", one.stops()),
                                        one.orders(),
                                        one.data()));
        add("</tbody></table></div></section>");
    }

    private void page(Outlook outlook) {
        outlook.page()
                .ifPresent(
                        page ->
                                add(
                                        "<section><h2>Worst time from a fault to the page</h2><p><b>%s</b> <code>%s</code> %s; a month of sessions at 99.99 %% allows %s s.</p></section>"
                                                .formatted(
                                                        Html.text(page.alert()),
                                                        Html.text(page.place().toString()),
                                                        Html.text(page.time().toString()),
                                                        Availability.BUDGET_SECONDS)));
    }

    private void recovery(Outlook outlook) {
        if (outlook.recoveries().isEmpty()) {
            return;
        }
        var availability = outlook.availability();
        add("<section><h2>Worst-case recovery of the order path</h2>");
        add(
                "<p>A month of sessions at 99.99 %% allows %s s.</p>"
                        .formatted(Availability.BUDGET_SECONDS));
        add(
                "<div class=\"wide\"><table><thead><tr><th>service</th><th>after a crash</th><th></th><th>after a hang</th><th></th></tr></thead><tbody>");
        for (Recovery one : outlook.recoveries()) {
            row(one.service(), time(one.crash()), one.crashSum(), time(one.hang()), one.hangSum());
        }
        add("</tbody></table></div>");
        availability
                .share()
                .ifPresent(
                        share -> {
                            add(
                                    "<p>Estimate: <b>%.3f %%</b> of session time, %.0f s a month without orders, most of it because %s (%.0f s).</p>"
                                            .formatted(
                                                    share * 100,
                                                    availability.secondsAMonth(),
                                                    Html.text(
                                                            availability.terms().getFirst().what()),
                                                    availability.terms().getFirst().seconds()));
                            add(
                                    "<p class=\"quiet\">Assumed: "
                                            + Html.text(
                                                    String.join("; ", availability.assumptions()))
                                            + ".</p>");
                        });
        add("</section>");
    }

    private void failovers(Outlook outlook) {
        if (outlook.failovers().isEmpty()) {
            return;
        }
        add("<section><h2>Worst-case failover of stores</h2>");
        add(
                "<p>Until another has taken over, before promotion and pools that connect anew. A month of sessions at 99.99 %% allows %s s.</p>"
                        .formatted(Availability.BUDGET_SECONDS));
        add(
                "<div class=\"wide\"><table><thead><tr><th>store</th><th>when</th><th>at least</th><th></th></tr></thead><tbody>");
        outlook.failovers()
                .forEach(
                        one ->
                                row(
                                        one.store(),
                                        one.fault(),
                                        Recovery.text(one.least()),
                                        one.sum()));
        add("</tbody></table></div></section>");
    }

    private void services(Outlook outlook) {
        if (outlook.sketch().services().isEmpty()) {
            return;
        }
        add(
                "<section><h2>Services</h2><div class=\"wide\"><table><thead><tr><th>service</th><th>does</th><th>because</th><th>trades</th><th>because</th></tr></thead><tbody>");
        for (var part : outlook.sketch().services()) {
            row(
                    part.name(),
                    part.duty().text(),
                    part.because(),
                    word(part.trading()),
                    part.tradingBecause());
        }
        add("</tbody></table></div>");
        if (!outlook.exposed().isEmpty()) {
            add("<h3>Reachable from outside the host</h3><ul>");
            outlook.exposed()
                    .forEach(
                            one ->
                                    add(
                                            "<li>%s <code>%s</code> <span class=\"quiet\">%s</span></li>"
                                                    .formatted(
                                                            Html.text(one.service()),
                                                            Html.text(one.address()),
                                                            Html.text(one.place().toString()))));
            add("</ul>");
        }
        add("</section>");
    }

    private void notes(String title, List<Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        add("<section><h2>" + title + "</h2><ul>");
        problems.forEach(
                one ->
                        add(
                                "<li><code>%s</code> %s</li>"
                                        .formatted(
                                                Html.text(one.place().toString()),
                                                Html.text(one.message()))));
        add("</ul></section>");
    }

    private void suppressed(Assessment assessment) {
        if (assessment.suppressed().isEmpty()) {
            return;
        }
        add("<section><h2>Suppressed</h2><ul>");
        assessment
                .suppressed()
                .forEach(
                        one ->
                                add(
                                        "<li><code>%s</code> %s <span class=\"quiet\">%s</span></li>"
                                                .formatted(
                                                        Html.text(one.finding().place().toString()),
                                                        Html.text(one.finding().check().code()),
                                                        Html.text(one.by().reason()))));
        add("</ul></section>");
    }

    private void row(String... cells) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append("<td>").append(Html.text(cell)).append("</td>");
        }
        html.append("</tr>\n");
    }

    private static String time(Optional<Duration> time) {
        return time.map(Recovery::text).orElse("a person");
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private void add(String line) {
        html.append(line).append('\n');
    }

    private static String style() {
        try (var in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
