package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Watcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A file of alerts is in the repository, and no Prometheus here loads it.
final class RulesNobodyLoads implements Check {
    private static final Id ID =
            new Id(
                    "SYS-054",
                    "rules-nobody-loads",
                    Severity.HIGH,
                    "A file of alerts is in the repository, and no Prometheus here loads it");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var watchers = Near.all(subject, Watcher.class);
        if (watchers.isEmpty()) {
            return;
        }
        var files = new LinkedHashMap<String, List<AlertRule>>();
        Near.all(subject, AlertRule.class).stream()
                .filter(rule -> rule.format().equals("prometheus"))
                .forEach(
                        rule ->
                                files.computeIfAbsent(rule.place().file(), _ -> new ArrayList<>())
                                        .add(rule));
        files.forEach(
                (file, rules) -> {
                    var names = names(subject, file);
                    boolean isLoaded =
                            watchers.stream()
                                    .flatMap(watcher -> watcher.ruleFiles().stream())
                                    .anyMatch(
                                            pattern ->
                                                    names.stream()
                                                            .anyMatch(
                                                                    name ->
                                                                            matches(
                                                                                    pattern.value(),
                                                                                    name)));
                    if (isLoaded) {
                        return;
                    }
                    var watcher =
                            Near.nearest(subject, Watcher.class, rules.getFirst().place())
                                    .orElseThrow();
                    report.finding(
                                    rules.getFirst().place(),
                                    "%s (%s), and %s"
                                            .formatted(
                                                    rules.size() == 1
                                                            ? "one alert is in this file"
                                                            : rules.size()
                                                                    + " alerts are in this file",
                                                    Alerts.some(
                                                            rules.stream()
                                                                    .map(AlertRule::name)
                                                                    .toList()),
                                                    watcher.ruleFiles().isEmpty()
                                                            ? "the Prometheus here has no rule_files"
                                                            : "no pattern under rule_files takes it in"))
                            .also(
                                    watcher.ruleFiles().isEmpty()
                                            ? watcher.place()
                                            : watcher.ruleFiles().getFirst().place(),
                                    watcher.ruleFiles().isEmpty()
                                            ? "the configuration"
                                            : "what is loaded")
                            .confidence(Confidence.MEDIUM)
                            .about(rules.getFirst());
                });
    }

    /// The names that a file has: its own, and those under which containers get it.
    private static Set<String> names(Subject subject, String file) {
        String own = last(file);
        var names = new HashSet<String>(Set.of(own));
        for (Container container : subject.all(Container.class)) {
            for (var mount : container.mounts()) {
                if (last(mount.source()).equals(own)) {
                    names.add(last(mount.target()));
                }
            }
        }
        return names;
    }

    private static boolean matches(String pattern, String name) {
        String expression =
                Pattern.quote(last(pattern)).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return pattern.contains("{{") || Pattern.matches(expression, name);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
