package dev.pitcrew.app.own;

import dev.pitcrew.app.own.Cel.Rule;
import dev.pitcrew.app.own.Cel.Undecided;
import dev.pitcrew.app.own.Views.Offer;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.read.OwnCheckFile;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A check that users wrote, ready to look. Where it can't tell, it says so as a finding: unknown means no.
public final class OwnCheck implements Check {
    private static final int LOOKED_MAX = 2000;

    private final OwnCheckFile file;
    private final Id id;
    private final Offer<?> each;
    private final Rule when;
    private final Rule say;
    private final Facts facts;

    OwnCheck(OwnCheckFile file, Offer<?> each, Rule when, Rule say, Facts facts) {
        this.file = file;
        this.each = each;
        this.when = when;
        this.say = say;
        this.facts = facts;
        var bare = id(file, Optional.empty());
        this.id = id(file, Optional.of(CheckPage.parse(page(file, bare))));
    }

    private static Id id(OwnCheckFile file, Optional<CheckPage> page) {
        return new Id(
                file.code(),
                file.name(),
                Severity.valueOf(file.severity().toUpperCase(Locale.ROOT)),
                file.summary(),
                page);
    }

    @Override
    public Id id() {
        return id;
    }

    OwnCheckFile file() {
        return file;
    }

    @Override
    public void look(Subject subject, Report report) {
        var variables = facts.of(subject);
        int looked = 0;
        for (Offer.One one : variables.of(each)) {
            if (looked++ == LOOKED_MAX) {
                report.finding(
                                one.place(),
                                "%s looks at %d of them at most, and this one and those after it were not looked at"
                                        .formatted(file.code(), LOOKED_MAX))
                        .confidence(Confidence.LOW);
                return;
            }
            look(one, variables.with(each, one), report);
        }
    }

    private void look(Offer.One one, Map<String, Object> variables, Report report) {
        try {
            if (Boolean.TRUE.equals(when.ask(variables))) {
                about(one, report.finding(one.place(), String.valueOf(say.ask(variables))));
            }
        } catch (Undecided e) {
            about(
                    one,
                    report.finding(
                                    one.place(),
                                    "%s can't tell: %s; ask with has() for what a file may leave out"
                                            .formatted(file.code(), e.getMessage()))
                            .confidence(Confidence.LOW)
                            .also(file.when().place(), "the check"));
        }
    }

    private static void about(Offer.One one, Report.Draft draft) {
        one.about().ifPresent(draft::about);
    }

    private static String page(OwnCheckFile file, Id id) {
        return """
               %s
               ## Why it matters
               %s

               ## What to do
               %s

               ## Seen in
               %s

               ## Controls
               %s

               ## Bad
               %s

               ## Good
               %s
               """
                .formatted(
                        CheckPage.head(id),
                        file.why(),
                        file.todo(),
                        file.place().file(),
                        file.controls().stream()
                                .map(one -> "- " + one)
                                .collect(Collectors.joining("\n")),
                        example(file.bad()),
                        example(file.good()));
    }

    private static String example(Map<String, String> files) {
        return files.entrySet().stream()
                .map(
                        one ->
                                "`%s`\n\n````\n%s\n````"
                                        .formatted(one.getKey(), one.getValue().stripTrailing()))
                .collect(Collectors.joining("\n\n"));
    }
}
