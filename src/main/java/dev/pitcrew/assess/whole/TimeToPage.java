package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.AlertRouting.Route;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Watcher;
import java.time.Duration;

/// How long it takes at worst from a fault to the page that tells of it, by configuration alone: a scrape that has just been missed, an evaluation that has just been missed, how long the alert
/// must hold, and how long its group waits.
///
/// @param scrape the interval of scrapes
/// @param evaluation the interval of evaluations
/// @param hold `for`
/// @param groupWait of the route
public record TimeToPage(Duration scrape, Duration evaluation, Duration hold, Duration groupWait) {
    /// What 99.99 % of 21 sessions of 6.5 hours leave in a month.
    public static final Duration BUDGET_OF_FOUR_NINES = Duration.ofSeconds(49);

    /// What 99.9 % of them leave.
    public static final Duration BUDGET_OF_THREE_NINES = Duration.ofSeconds(491);

    /// That of an alert, with what Prometheus and Alertmanager take where the files say nothing.
    public static TimeToPage of(Subject subject, AlertRule rule) {
        var scrape =
                rule.query().stream()
                        .flatMap(query -> query.selectors().stream())
                        .flatMap(selector -> Alerts.interval(subject, selector).stream())
                        .map(Located::value)
                        .findFirst()
                        .orElse(Watcher.INTERVAL_DEFAULT);
        var wait =
                Alerts.way(subject, rule)
                        .flatMap(way -> way.routes().getFirst().groupWait())
                        .map(Located::value)
                        .orElse(Route.GROUP_WAIT_DEFAULT);
        return new TimeToPage(
                scrape,
                Alerts.evaluation(subject, rule),
                rule.hold().map(Located::value).orElse(Duration.ZERO),
                wait);
    }

    /// All of it. An alert that must hold is looked at only with each evaluation, so that counts in whole ones.
    public Duration worst() {
        return scrape.plus(evaluation).plus(heldFor()).plus(groupWait);
    }

    private Duration heldFor() {
        if (hold.isZero() || evaluation.isZero()) {
            return hold;
        }
        long times = (hold.toMillis() + evaluation.toMillis() - 1) / evaluation.toMillis();
        return evaluation.multipliedBy(times);
    }

    /// How many months' budgets are gone when the page comes.
    ///
    /// @param budget of one month, above zero
    public double monthsOf(Duration budget) {
        return (double) worst().toMillis() / budget.toMillis();
    }

    /// The sum, as people write it.
    @Override
    public String toString() {
        return "%s scrape + %s evaluation + %s for + %s group wait = %s"
                .formatted(
                        Alerts.text(scrape),
                        Alerts.text(evaluation),
                        Alerts.text(heldFor()),
                        Alerts.text(groupWait),
                        Alerts.text(worst()));
    }
}
