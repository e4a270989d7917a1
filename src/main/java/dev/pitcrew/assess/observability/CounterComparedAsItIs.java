package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.ExportedMetric.Kind;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Comparison;
import java.util.List;

/// An alert compares a counter itself with a number, so it fires once and for ever.
final class CounterComparedAsItIs implements Check {
    private static final Id ID =
            new Id(
                    "OBS-004",
                    "counter-compared-as-it-is",
                    Severity.MEDIUM,
                    "An alert compares a counter itself with a number, so it fires once and for ever");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            if (rule.query().filter(query -> query.text().contains(" offset ")).isPresent()) {
                continue; // it is compared with what it was, elsewhere in the same question
            }
            for (Comparison one : rule.query().map(Query::comparisons).orElse(List.of())) {
                if (one.operator().startsWith(">")
                        && one.number().isPresent()
                        && one.bare()
                                .flatMap(bare -> Exporters.kind(subject, bare.metric()))
                                .filter(Kind.COUNTER::equals)
                                .isPresent()) {
                    report.finding(
                                    one.bare().orElseThrow().place(),
                                    "alert %s compares the counter %s itself: once above %s it stays there until the service restarts"
                                            .formatted(
                                                    rule.name(),
                                                    one.bare().orElseThrow().metric(),
                                                    number(one.number().get())))
                            .about(rule);
                }
            }
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
