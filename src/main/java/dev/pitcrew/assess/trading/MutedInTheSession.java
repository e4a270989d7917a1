package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Interval;
import dev.pitcrew.model.infra.AlertRouting.Route;
import dev.pitcrew.model.infra.AlertRouting.Span;
import dev.pitcrew.model.infra.AlertRule;
import java.time.DayOfWeek;

/// Alerts about orders, feeds or risk are muted while the market is open.
final class MutedInTheSession implements Check {
    private static final Id ID =
            new Id(
                    "TRD-075",
                    "muted-in-the-session",
                    Severity.HIGH,
                    "Alerts about orders, feeds or risk are muted while the market is open");

    @Override
    public Id id() {
        return ID;
    }

    private static final int OPEN_UTC = 14 * 60 + 30;
    private static final int CLOSE_UTC = 20 * 60;
    private static final int OPEN_LOCAL = 9 * 60 + 30;
    private static final int CLOSE_LOCAL = 16 * 60;

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRouting routing : Near.all(subject, AlertRouting.class)) {
            for (Route route : routing.routes()) {
                for (Located<String> name : route.mutedIn()) {
                    routing.intervals().stream()
                            .filter(one -> one.name().equals(name.value()))
                            .filter(one -> one.spans().stream().anyMatch(MutedInTheSession::isOpen))
                            .findFirst()
                            .ifPresent(one -> look(subject, report, routing, route, name, one));
                }
            }
        }
    }

    private static void look(
            Subject subject,
            Report report,
            AlertRouting routing,
            Route route,
            Located<String> name,
            Interval interval) {
        var muted =
                Near.all(subject, AlertRule.class).stream()
                        .filter(rule -> Alerts.isTrading(subject, rule))
                        .filter(rule -> routing.routesOf(Alerts.labels(rule)).contains(route))
                        .map(AlertRule::name)
                        .distinct()
                        .toList();
        boolean isAboutTrading =
                route.conditions().stream().anyMatch(one -> Alerts.isTrading(one.value()));
        if (muted.isEmpty() && !isAboutTrading) {
            return;
        }
        report.finding(
                        name.place(),
                        "%s covers market hours, and this route %s"
                                .formatted(
                                        name.value(),
                                        muted.isEmpty()
                                                ? "is about trading by its matchers"
                                                : "takes " + Alerts.some(muted)))
                .also(interval.place(), "the muted hours")
                .confidence(Confidence.MEDIUM)
                .about(routing);
    }

    private static boolean isOpen(Span span) {
        boolean isUtc = span.zone().matches("(?i)(etc/)?(utc|gmt)");
        int open = isUtc ? OPEN_UTC : OPEN_LOCAL;
        int close = isUtc ? CLOSE_UTC : CLOSE_LOCAL;
        boolean isWeekday =
                span.days().stream().anyMatch(day -> day.compareTo(DayOfWeek.FRIDAY) <= 0);
        return isWeekday && !span.isRare() && span.fromMinute() < close && span.toMinute() > open;
    }
}
