package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.assess.whole.TimeToPage;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Watcher;
import java.util.Comparator;

/// The page about orders, feeds or risk comes when the month's budget of downtime is gone.
final class PageAfterTheBudget implements Check {
    private static final Id ID =
            new Id(
                    "TRD-077",
                    "page-after-the-budget",
                    Severity.MEDIUM,
                    "The page about orders, feeds or risk comes when the month's budget of downtime is gone");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        if (Near.all(subject, AlertRouting.class).isEmpty()
                || Near.all(subject, Watcher.class).isEmpty()) {
            return;
        }
        var late =
                Near.all(subject, AlertRule.class).stream()
                        .filter(rule -> Alerts.isPage(rule) && Alerts.isTrading(subject, rule))
                        .filter(rule -> rule.query().isPresent())
                        .map(rule -> new Late(rule, TimeToPage.of(subject, rule)))
                        .filter(
                                one ->
                                        one.time()
                                                        .worst()
                                                        .compareTo(TimeToPage.BUDGET_OF_FOUR_NINES)
                                                > 0)
                        .sorted(Comparator.comparing((Late one) -> one.time().worst()).reversed())
                        .toList();
        if (late.isEmpty()) {
            return;
        }
        var worst = late.getFirst();
        boolean isVeryLate = worst.time().worst().compareTo(TimeToPage.BUDGET_OF_THREE_NINES) > 0;
        var finding =
                report.finding(
                                worst.rule()
                                        .hold()
                                        .map(Located::place)
                                        .orElse(worst.rule().place()),
                                "at worst %s pages after %s; 99.99 %% of a month's sessions leave 49s, 99.9 %% leave 491s"
                                        .formatted(worst.rule().name(), worst.time()))
                        .severity(isVeryLate ? Severity.HIGH : Severity.LOW)
                        .about(worst.rule());
        late.stream()
                .skip(1)
                .limit(5)
                .forEach(
                        one ->
                                finding.also(
                                        one.rule().place(),
                                        "%s after %s".formatted(one.rule().name(), one.time())));
    }

    private record Late(AlertRule rule, TimeToPage time) {}
}
