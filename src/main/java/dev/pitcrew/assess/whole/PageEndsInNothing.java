package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Route;
import dev.pitcrew.model.infra.AlertRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// An alert that is to wake somebody is routed to a receiver that drops it.
final class PageEndsInNothing implements Check {
    private static final Id ID =
            new Id(
                    "SYS-058",
                    "page-ends-in-nothing",
                    Severity.HIGH,
                    "An alert that is to wake somebody is routed to a receiver that drops it");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var dropped = new LinkedHashMap<Route, List<AlertRule>>();
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            var way = Alerts.way(subject, rule);
            if (way.isEmpty() || !Alerts.isPage(rule)) {
                continue;
            }
            var routing = way.get().routing();
            if (way.get().routes().stream().allMatch(route -> drops(routing, route))) {
                dropped.computeIfAbsent(way.get().routes().getFirst(), _ -> new ArrayList<>())
                        .add(rule);
            }
        }
        dropped.forEach((route, rules) -> tell(subject, report, route, rules));
    }

    private static boolean drops(AlertRouting routing, Route route) {
        return routing.receiver(route.receiver().value())
                .filter(one -> one.addresses().isEmpty() && one.isMeantToDrop())
                .isPresent();
    }

    /// One route is one cause, however many alerts take it.
    private static void tell(Subject subject, Report report, Route route, List<AlertRule> rules) {
        boolean isTrading = rules.stream().anyMatch(rule -> Alerts.isTrading(subject, rule));
        var finding =
                report.finding(
                                route.receiver().place(),
                                "%s %s by %s labels, and %s to %s, which tells nobody"
                                        .formatted(
                                                Alerts.some(
                                                        rules.stream()
                                                                .map(AlertRule::name)
                                                                .toList()),
                                                rules.size() == 1 ? "is a page" : "are pages",
                                                rules.size() == 1 ? "its" : "their",
                                                rules.size() == 1 ? "goes" : "go",
                                                route.receiver().value()))
                        .severity(isTrading ? Severity.CRITICAL : Severity.HIGH)
                        .about(rules.getFirst());
        rules.stream()
                .limit(3)
                .forEach(rule -> finding.also(rule.place(), "the alert " + rule.name()));
    }
}
