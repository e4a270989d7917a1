package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.ExportedMetric;
import dev.pitcrew.model.infra.ExportedMetric.Kind;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Selector;
import java.util.List;
import java.util.Set;

/// A rule takes the rate of a gauge, or the difference of a counter.
final class FunctionOfOtherKind implements Check {
    private static final Id ID =
            new Id(
                    "OBS-003",
                    "function-of-other-kind",
                    Severity.MEDIUM,
                    "A rule takes the rate of a gauge, or the difference of a counter");

    @Override
    public Id id() {
        return ID;
    }

    private static final Set<String> FOR_COUNTERS = Set.of("rate", "irate", "increase");
    private static final Set<String> FOR_GAUGES =
            Set.of("delta", "idelta", "deriv", "predict_linear");

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            for (Selector one : rule.query().map(Query::selectors).orElse(List.of())) {
                if (one.within().isEmpty() || one.metric().isEmpty()) {
                    continue;
                }
                String function = one.within().getFirst();
                var kind = Exporters.kind(subject, one.metric()).orElse(Kind.UNKNOWN);
                if (FOR_COUNTERS.contains(function) && kind == Kind.GAUGE) {
                    say(
                            subject,
                            report,
                            rule,
                            one,
                            "a gauge: each fall counts as a restart from zero");
                } else if (FOR_GAUGES.contains(function) && kind == Kind.COUNTER) {
                    say(
                            subject,
                            report,
                            rule,
                            one,
                            "a counter: each restart of the service counts as a fall");
                }
            }
        }
    }

    private static void say(
            Subject subject, Report report, AlertRule rule, Selector one, String why) {
        var finding =
                report.finding(
                                one.place(),
                                "alert %s takes %s of %s, which is %s"
                                        .formatted(
                                                rule.name(),
                                                one.within().getFirst(),
                                                one.metric(),
                                                why))
                        .about(rule);
        subject.all(ExportedMetric.class).stream()
                .filter(metric -> metric.isSure() && metric.name().equals(one.metric()))
                .findFirst()
                .ifPresent(metric -> finding.also(metric.place(), "where it is declared"));
    }
}
