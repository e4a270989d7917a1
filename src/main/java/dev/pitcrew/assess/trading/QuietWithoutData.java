package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.GrafanaAlert;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An alert of a Grafana about orders or prices calls it good when there are no data at all.
final class QuietWithoutData implements Check {
    private static final Id ID =
            new Id(
                    "TRD-124",
                    "quiet-without-data",
                    Severity.MEDIUM,
                    "An alert of a Grafana about orders or prices calls it good when there are no data at all");

    private static final String[] GUARDS = {"absent", "absent_over_time", "present_over_time"};
    private static final String[] OF_EVENTS = {"rate", "irate", "increase", "count", "delta"};

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var rules = Near.all(subject, AlertRule.class);
        var guarded = guarded(rules);
        for (GrafanaAlert alert : Near.all(subject, GrafanaAlert.class)) {
            var state = alert.noData();
            if (alert.isPaused()
                    || state.filter(one -> one.value().equalsIgnoreCase("OK")).isEmpty()
                    || !Alerts.isTrading(subject, alert.rule())) {
                continue;
            }
            alert
                    .rule()
                    .query()
                    .filter(query -> !query.text().matches("(?s).*\\bvector\\(.*"))
                    .map(Query::selectors)
                    .orElse(List.of())
                    .stream()
                    .filter(one -> isState(one) && !guarded.contains(one.metric()))
                    .findFirst()
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    state.orElseThrow().place(),
                                                    "when nothing exports %s any more, %s is told to be OK, and no alert asks absent(%s) or up"
                                                            .formatted(
                                                                    one.metric(),
                                                                    alert.rule().name(),
                                                                    one.metric()))
                                            .also(one.place(), "what it asks")
                                            .about(alert.rule()));
        }
    }

    /// Metrics of whose end another alert tells; all of them when one asks whether services are up.
    private static Guarded guarded(List<AlertRule> rules) {
        var names = new HashSet<String>();
        boolean watchesUp = false;
        for (AlertRule rule : rules) {
            for (Selector one : rule.query().map(Query::selectors).orElse(List.of())) {
                watchesUp |= one.metric().equals("up") || one.metric().equals("probe_success");
                if (one.isWithin(GUARDS)) {
                    names.add(one.metric());
                }
            }
        }
        return new Guarded(watchesUp, names);
    }

    private record Guarded(boolean isAll, Set<String> names) {
        boolean contains(String metric) {
            return isAll || names.contains(metric);
        }
    }

    /// Whether its series is there as long as its service is; one of events may begin with the first of them.
    private static boolean isState(Selector one) {
        return !one.metric().isEmpty()
                && !one.metric().matches(".*_(total|count|sum|bucket|created)")
                && !one.isWithin(OF_EVENTS);
    }
}
