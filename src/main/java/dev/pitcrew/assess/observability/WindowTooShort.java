package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Query.Selector;
import java.util.Set;

/// A rule looks back over fewer scrapes than its function needs.
final class WindowTooShort implements Check {
    private static final Id ID =
            new Id(
                    "OBS-002",
                    "window-too-short",
                    Severity.MEDIUM,
                    "A rule looks back over fewer scrapes than its function needs");

    @Override
    public Id id() {
        return ID;
    }

    private static final Set<String> RATES =
            Set.of("rate", "irate", "increase", "delta", "idelta", "deriv");

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            rule.query().stream()
                    .flatMap(query -> query.selectors().stream())
                    .filter(one -> one.range().isPresent() && !one.within().isEmpty())
                    .filter(one -> RATES.contains(one.within().getFirst()))
                    .filter(one -> isShort(subject, one))
                    .findFirst()
                    .ifPresent(one -> tell(subject, report, rule, one));
        }
    }

    private static boolean isShort(Subject subject, Selector one) {
        var range = one.range().orElseThrow().value();
        return Alerts.interval(subject, one)
                .filter(interval -> range.compareTo(interval.value().multipliedBy(4)) < 0)
                .isPresent();
    }

    private static void tell(Subject subject, Report report, AlertRule rule, Selector one) {
        var interval = Alerts.interval(subject, one);
        if (interval.isEmpty()) {
            return;
        }
        var range = one.range().orElseThrow();
        boolean isBlind = range.value().compareTo(interval.get().value().multipliedBy(2)) < 0;
        report.finding(
                        range.place(),
                        "alert %s takes %s over %s of samples that come every %s: %s"
                                .formatted(
                                        rule.name(),
                                        one.within().getFirst(),
                                        Alerts.text(range.value()),
                                        Alerts.text(interval.get().value()),
                                        isBlind
                                                ? "mostly there are not two of them, and it gives nothing"
                                                : "one or two lost scrapes make it give nothing"))
                .also(interval.get().place(), "the interval of the scrapes")
                .severity(isBlind ? Severity.HIGH : Severity.LOW)
                .about(rule);
    }
}
