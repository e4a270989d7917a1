package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;

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
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            var way = Alerts.way(subject, rule);
            if (way.isEmpty() || !Alerts.isPage(rule)) {
                continue;
            }
            var routing = way.get().routing();
            boolean isDropped =
                    way.get().routes().stream()
                            .allMatch(
                                    route ->
                                            routing.receiver(route.receiver().value())
                                                    .filter(
                                                            one ->
                                                                    one.addresses().isEmpty()
                                                                            && one.isMeantToDrop())
                                                    .isPresent());
            if (isDropped) {
                var route = way.get().routes().getFirst();
                report.finding(
                                rule.place(),
                                "%s is a page by its labels, and goes to %s, which tells nobody"
                                        .formatted(rule.name(), route.receiver().value()))
                        .also(route.receiver().place(), "the route that takes it")
                        .severity(Alerts.isTrading(rule) ? Severity.CRITICAL : Severity.HIGH)
                        .about(rule);
            }
        }
    }
}
