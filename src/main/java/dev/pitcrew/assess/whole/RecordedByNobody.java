package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Selector;
import dev.pitcrew.model.infra.RecordingRule;
import java.util.HashSet;
import java.util.List;

/// An alert asks for a recorded series that no rule records.
final class RecordedByNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-059",
                    "recorded-by-nobody",
                    Severity.HIGH,
                    "An alert asks for a recorded series that no rule records");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var recorded = subject.all(RecordingRule.class);
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            var seen = new HashSet<String>();
            for (Selector one : rule.query().map(Query::selectors).orElse(List.of())) {
                if (one.metric().contains(":")
                        && seen.add(one.metric())
                        && recorded.stream()
                                .noneMatch(other -> other.name().equals(one.metric()))) {
                    report.finding(
                                    one.place(),
                                    "alert %s asks for %s, which no recording rule here makes"
                                            .formatted(rule.name(), one.metric()))
                            .confidence(recorded.isEmpty() ? Confidence.LOW : Confidence.MEDIUM)
                            .about(rule);
                }
            }
        }
    }
}
