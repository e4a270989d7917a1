package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Selector;
import java.util.HashSet;
import java.util.List;

/// An alert asks for a metric that no code of the repository exports.
final class MetricNobodyExports implements Check {
    private static final Id ID =
            new Id(
                    "OBS-001",
                    "metric-nobody-exports",
                    Severity.HIGH,
                    "An alert asks for a metric that no code of the repository exports");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            var seen = new HashSet<String>();
            for (Selector one : rule.query().map(Query::selectors).orElse(List.of())) {
                if (!one.metric().isEmpty()
                        && !Exporters.isKnown(one.metric())
                        && !Exporters.isMade(subject, one.metric())
                        && seen.add(one.metric())) {
                    look(subject, report, rule, one);
                }
            }
        }
    }

    private static void look(Subject subject, Report report, AlertRule rule, Selector one) {
        // Only where code exports others of the same family: metrics of another kind may come from
        // another repository.
        Exporters.nearest(subject, one.metric())
                .ifPresent(
                        nearest -> {
                            int changes = Exporters.distance(nearest.name(), one.metric());
                            boolean isLike = changes <= Math.max(3, one.metric().length() / 4);
                            report.finding(
                                            one.place(),
                                            "alert %s asks for %s, which nothing here exports, so it can never fire"
                                                    .formatted(rule.name(), one.metric()))
                                    .also(
                                            nearest.place(),
                                            "the nearest name that is exported is "
                                                    + nearest.name())
                                    .confidence(isLike ? Confidence.HIGH : Confidence.LOW)
                                    .about(rule);
                        });
    }
}
