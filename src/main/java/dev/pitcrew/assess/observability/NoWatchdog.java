package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Query;

/// No alert fires at all times, so nobody notices when alerting itself is dead.
final class NoWatchdog implements Check {
    private static final Id ID =
            new Id(
                    "OBS-010",
                    "no-watchdog",
                    Severity.LOW,
                    "No alert fires at all times, so nobody notices when alerting itself is dead");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var all = Near.all(subject, AlertRule.class);
        var rules = all.stream().filter(rule -> !rule.isOfGrafana()).toList();
        var routings =
                Near.all(subject, AlertRouting.class).stream()
                        .filter(routing -> !routing.isOfGrafana())
                        .toList();
        boolean hasOne =
                all.stream()
                        .anyMatch(
                                rule ->
                                        rule.query().map(Query::isAlways).orElse(true)
                                                || rule.name()
                                                        .matches(
                                                                "(?i).*(watchdog|deadman|dead_man|heartbeat).*"));
        if (!rules.isEmpty() && !routings.isEmpty() && !hasOne) {
            report.finding(
                            routings.getFirst().root().place(),
                            "none of the alerts (%d) fires at all times: when Prometheus or Alertmanager is dead, it is as quiet as on a good day"
                                    .formatted(rules.size()))
                    .about(routings.getFirst());
        }
    }
}
