package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Query;
import java.util.List;
import java.util.Set;

/// An alert that is to tell of a dead feed only asks whether the metrics port answers.
final class FeedAlertAsksThePort implements Check {
    private static final Id ID =
            new Id(
                    "TRD-074",
                    "feed-alert-asks-the-port",
                    Severity.HIGH,
                    "An alert that is to tell of a dead feed only asks whether the metrics port answers");

    @Override
    public Id id() {
        return ID;
    }

    private static final Set<String> PORT = Set.of("up", "probe_success", "scrape_samples_scraped");

    @Override
    public void look(Subject subject, Report report) {
        var rules = Near.all(subject, AlertRule.class);
        boolean hasReal =
                rules.stream()
                        .flatMap(rule -> rule.query().stream())
                        .flatMap(query -> query.metrics().stream())
                        .anyMatch(metric -> !PORT.contains(metric) && Alerts.isFeed(metric));
        if (hasReal) {
            return;
        }
        for (AlertRule rule : rules) {
            var metrics = rule.query().map(Query::metrics).orElse(List.of());
            if (Alerts.isFeed(rule) && !metrics.isEmpty() && PORT.containsAll(metrics)) {
                report.finding(
                                rule.query().orElseThrow().place(),
                                "%s only asks %s, so it says that the process lives, not that prices come"
                                        .formatted(rule.name(), Alerts.some(metrics)))
                        .about(rule);
            }
        }
    }
}
