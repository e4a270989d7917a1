package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Condition;
import dev.pitcrew.model.infra.AlertRule;

/// An alert to wake somebody has a severity that no route knows.
final class SeverityWithoutRoute implements Check {
    private static final Id ID =
            new Id(
                    "OBS-009",
                    "severity-without-route",
                    Severity.MEDIUM,
                    "An alert to wake somebody has a severity that no route knows");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            var severity = rule.label("severity");
            var way = Alerts.way(subject, rule);
            if (severity.isEmpty() || !Alerts.isPage(rule) || way.isEmpty()) {
                continue;
            }
            var routing = way.get().routing();
            var known =
                    routing.routes().stream()
                            .flatMap(route -> route.conditions().stream())
                            .filter(one -> one.label().equals("severity"))
                            .toList();
            boolean isKnown =
                    known.stream()
                            .anyMatch(
                                    one ->
                                            one.holds(AlertRouting.Value.of(severity.get().value()))
                                                    != AlertRouting.Answer.NO);
            if (!known.isEmpty()
                    && !isKnown
                    && way.get().routes().stream().allMatch(routing.root()::equals)) {
                report.finding(
                                severity.get().place(),
                                "alert %s has the severity %s, and the routes only know %s: it takes the default route to %s"
                                        .formatted(
                                                rule.name(),
                                                severity.get().value(),
                                                Alerts.some(
                                                        known.stream()
                                                                .map(Condition::value)
                                                                .distinct()
                                                                .toList()),
                                                routing.root().receiver().value()))
                        .also(known.getFirst().place(), "the first route that asks for a severity")
                        .about(rule);
            }
        }
    }
}
