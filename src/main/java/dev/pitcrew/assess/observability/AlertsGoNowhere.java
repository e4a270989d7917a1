package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Watcher;

/// Prometheus evaluates alerts and knows no Alertmanager to send them to.
final class AlertsGoNowhere implements Check {
    private static final Id ID =
            new Id(
                    "OBS-005",
                    "alerts-go-nowhere",
                    Severity.HIGH,
                    "Prometheus evaluates alerts and knows no Alertmanager to send them to");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var rules = Near.all(subject, AlertRule.class);
        for (Watcher watcher : Near.all(subject, Watcher.class)) {
            if (!watcher.alertmanagers().isEmpty()
                    || watcher.discoversAlertmanagers()
                    || watcher.ruleFiles().isEmpty()) {
                continue;
            }
            var own =
                    rules.stream()
                            .filter(rule -> !rule.isOfGrafana())
                            .filter(
                                    rule ->
                                            Near.nearest(subject, Watcher.class, rule.place())
                                                    .filter(watcher::equals)
                                                    .isPresent())
                            .toList();
            if (!own.isEmpty()) {
                report.finding(
                                watcher.ruleFiles().getFirst().place(),
                                "alerts are evaluated (%s), and there is no alertmanagers entry under alerting: they fire and nobody is told"
                                        .formatted(
                                                Alerts.some(
                                                        own.stream()
                                                                .map(AlertRule::name)
                                                                .toList())))
                        .also(own.getFirst().place(), "the first of them")
                        .confidence(
                                watcher.remoteWrites().isEmpty() ? Confidence.HIGH : Confidence.LOW)
                        .about(watcher);
            }
        }
    }
}
