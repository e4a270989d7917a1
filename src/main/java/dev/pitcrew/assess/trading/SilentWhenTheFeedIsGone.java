package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An alert about market data falls silent when the service that exports it is gone.
final class SilentWhenTheFeedIsGone implements Check {
    private static final Id ID =
            new Id(
                    "TRD-078",
                    "silent-when-the-feed-is-gone",
                    Severity.MEDIUM,
                    "An alert about market data falls silent when the service that exports it is gone");

    @Override
    public Id id() {
        return ID;
    }

    private static final Set<String> ABSENT = Set.of("absent", "absent_over_time");

    @Override
    public void look(Subject subject, Report report) {
        var rules = Near.all(subject, AlertRule.class);
        boolean watchesUp =
                rules.stream()
                        .flatMap(rule -> rule.query().stream())
                        .flatMap(query -> query.metrics().stream())
                        .anyMatch(metric -> metric.equals("up") || metric.equals("probe_success"));
        boolean isUnread = rules.stream().anyMatch(rule -> rule.query().isEmpty());
        if (watchesUp || isUnread) {
            return;
        }
        var guarded = new HashSet<String>();
        rules.stream()
                .flatMap(rule -> rule.query().stream())
                .flatMap(query -> query.selectors().stream())
                .filter(one -> one.within().stream().anyMatch(ABSENT::contains))
                .forEach(one -> guarded.add(one.metric()));
        var seen = new HashSet<String>();
        for (AlertRule rule : rules) {
            if (rule.isOfGrafana()) {
                continue; // it has a state of its own for a query that gives nothing
            }
            for (Selector one : rule.query().map(Query::selectors).orElse(List.of())) {
                if (Alerts.isFeed(one.metric())
                        && !guarded.contains(one.metric())
                        && seen.add(one.metric())) {
                    report.finding(
                                    one.place(),
                                    "when nothing exports %s any more, %s has nothing to compare and stays silent; no alert asks absent(%s) or up"
                                            .formatted(one.metric(), rule.name(), one.metric()))
                            .about(rule);
                }
            }
        }
    }
}
