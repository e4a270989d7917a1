package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.fix.Change.AddItem;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.ReplaceBefore;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.Within;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.RecordingRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fixes in what Prometheus and Alertmanager are told.
final class AlertFixes {
    /// Functions of counters, and those that do the same for gauges.
    private static final Map<String, String> OTHER_KIND =
            Map.of(
                    "increase", "delta",
                    "rate", "deriv",
                    "irate", "idelta",
                    "delta", "increase",
                    "deriv", "rate",
                    "idelta", "irate");

    private static final int SAMPLES_IN_WINDOW = 4;

    static final Map<String, Fixer> ALL =
            Map.ofEntries(
                    Map.entry(
                            "OBS-001",
                            when("asks for (\\S+), which nothing", AlertFixes::exported)),
                    Map.entry(
                            "OBS-002",
                            when(
                                    "over ([0-9]+[smh]) of samples that come every ([0-9]+)([smh]):",
                                    AlertFixes::longer)),
                    Map.entry("OBS-003", when("takes (\\w+) of", AlertFixes::otherKind)),
                    Map.entry("OBS-008", always(AlertFixes::narrower)),
                    Map.entry(
                            "OBS-009",
                            when(
                                    "has the severity (\\S+), and the routes only know (\\S+):",
                                    AlertFixes::knownSeverity)),
                    Map.entry("OBS-010", always(AlertFixes::watchdog)),
                    Map.entry(
                            "SYS-050",
                            when("on port ([0-9]+), and it serves ([0-9]+)$", AlertFixes::port)),
                    Map.entry("SYS-051", when("is called (\\S+); there are", AlertFixes::target)),
                    Map.entry("SYS-054", always(AlertFixes::loaded)),
                    Map.entry(
                            "SYS-057",
                            when(
                                    "asks for job=\"([^\"]+)\", and the jobs are ([^ ,]+):",
                                    AlertFixes::job)),
                    Map.entry(
                            "SYS-059",
                            when("asks for (\\S+), which no recording", AlertFixes::recorded)),
                    Map.entry(
                            "TRD-076",
                            when(
                                    "^(\\S+) is exported for the kill switch",
                                    AlertFixes::killSwitch)),
                    Map.entry(
                            "TRD-078",
                            when(
                                    "nothing exports (\\S+) any more, (\\S+) has",
                                    AlertFixes::absent)));

    private AlertFixes() {}

    private static List<Fix> exported(Said said) {
        return said.finding().related().stream()
                .map(Finding.Related::what)
                .filter(what -> what.startsWith("the nearest name that is exported is "))
                .map(what -> what.substring(what.lastIndexOf(' ') + 1))
                .filter(_ -> said.finding().confidence() == Confidence.HIGH)
                .map(
                        name ->
                                Fix.safe(
                                        "The alert can fire: it asks for %s, which is exported."
                                                .formatted(name),
                                        new Replace(said.place(), said.word(1), name)))
                .toList();
    }

    private static List<Fix> longer(Said said) {
        long length = Long.parseLong(said.word(2)) * SAMPLES_IN_WINDOW;
        String unit = said.word(3);
        if (unit.equals("s") && length % 60 == 0) {
            length /= 60;
            unit = "m";
        }
        String window = length + unit;
        return List.of(
                Fix.safe(
                        "The alert looks %s back, so that a lost scrape doesn't blind it; it follows a change more slowly."
                                .formatted(window),
                        new Replace(said.place(), said.word(1), window)));
    }

    private static List<Fix> otherKind(Said said) {
        String other = OTHER_KIND.get(said.word(1));
        return other == null
                ? List.of()
                : List.of(
                        Fix.safe(
                                "The alert takes the change of the series as it is, by %s."
                                        .formatted(other),
                                new ReplaceBefore(said.place(), said.word(1) + "(", other + "(")));
    }

    private static List<Fix> narrower(Said said) {
        return List.of(
                Fix.safe(
                        "Only the same alert of a lesser severity is silenced; more is told than before.",
                        new SetKey(
                                said.place(), Within.ITEM, List.of("equal"), "[alertname]", "")));
    }

    private static List<Fix> knownSeverity(Said said) {
        return said.word(2).endsWith(",")
                ? List.of() // several, and only people know which is meant
                : List.of(
                        Fix.safe(
                                "The alert goes where those of severity %s go."
                                        .formatted(said.word(2)),
                                new Replace(said.place(), said.word(1), said.word(2))));
    }

    private static List<Fix> watchdog(Said said) {
        return Near.nearest(
                        said.subject(), AlertRule.class, said.place(), rule -> !rule.isOfGrafana())
                .stream()
                .map(
                        rule ->
                                Fix.behaviour(
                                        "An alert fires at all times, and whoever gets it has to call when it stops: a chat that gets it hears it again and again.",
                                        rule(rule.place(), "Watchdog", "vector(1)", "none")))
                .toList();
    }

    private static List<Fix> killSwitch(Said said) {
        return said.related("the first of the alerts").stream()
                .map(
                        at ->
                                Fix.safe(
                                        "Somebody is told when the kill switch is engaged.",
                                        rule(
                                                at,
                                                "TradingStopped",
                                                said.word(1) + " == 1",
                                                severity(said, at).orElse("critical"))))
                .toList();
    }

    private static Change rule(Place beside, String name, String expression, String severity) {
        return new AddItem(
                beside,
                Within.GROUP,
                List.of("rules"),
                List.of(
                        "alert: " + name,
                        "expr: " + expression,
                        "labels: {severity: " + severity + "}"));
    }

    private static Optional<String> severity(Said said, Place at) {
        return said.all(AlertRule.class).stream()
                .filter(rule -> rule.place().equals(at))
                .flatMap(rule -> rule.labels().stream())
                .filter(label -> label.name().equals("severity"))
                .map(Label::value)
                .findFirst();
    }

    private static List<Fix> port(Said said) {
        return List.of(
                Fix.safe(
                        "Prometheus reads the metrics where they are served.",
                        new Replace(said.place(), ":" + said.word(1), ":" + said.word(2))));
    }

    private static List<Fix> target(Said said) {
        return Alike.one(said.word(1), containers(said)).stream()
                .map(
                        name ->
                                Fix.safe(
                                        "Prometheus reads the metrics of %s.".formatted(name),
                                        new Replace(said.place(), said.word(1), name)))
                .toList();
    }

    private static List<String> containers(Said said) {
        return said.all(Container.class).stream().map(Container::name).distinct().toList();
    }

    private static List<Fix> loaded(Said said) {
        return said.related("what is loaded").stream()
                .flatMap(
                        at -> {
                            String folder = at.file().substring(0, at.file().lastIndexOf('/') + 1);
                            String rules = said.place().file();
                            return rules.startsWith(folder)
                                    ? Optional.of(
                                            Fix.safe(
                                                    "Prometheus evaluates the rules of this file.",
                                                    new AddItem(
                                                            at,
                                                            Within.FILE,
                                                            List.of("rule_files"),
                                                            List.of(
                                                                    rules.substring(
                                                                            folder.length())))))
                                            .stream()
                                    : Optional.<Fix>empty().stream();
                        })
                .toList();
    }

    private static List<Fix> job(Said said) {
        return List.of(
                Fix.safe(
                        "The alert can fire: it asks for the job that there is.",
                        new Replace(said.place(), said.word(1), said.word(2))));
    }

    private static List<Fix> recorded(Said said) {
        var names = said.all(RecordingRule.class).stream().map(RecordingRule::name).toList();
        return Alike.one(said.word(1), names).stream()
                .map(
                        name ->
                                Fix.safe(
                                        "The alert can fire: it asks for %s, which is recorded."
                                                .formatted(name),
                                        new Replace(said.place(), said.word(1), name)))
                .toList();
    }

    private static List<Fix> absent(Said said) {
        return said.all(AlertRule.class).stream()
                .filter(rule -> rule.place().file().equals(said.finding().place().file()))
                .filter(rule -> rule.name().equals(said.word(2)))
                .flatMap(rule -> rule.query().stream())
                .filter(query -> !query.text().contains("\n"))
                .map(
                        query ->
                                Fix.safe(
                                        "The alert fires as well when nothing exports the metric any more.",
                                        new Replace(
                                                query.place(),
                                                query.text(),
                                                "%s or absent(%s)"
                                                        .formatted(query.text(), said.word(1)))))
                .toList();
    }
}
