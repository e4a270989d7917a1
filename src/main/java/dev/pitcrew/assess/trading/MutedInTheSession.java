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
import java.util.List;
import java.util.regex.Pattern;

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

    /// When the markets of a time zone are open at the least, in minutes of its day.
    private record Hours(Pattern zone, int open, int close) {
        static Hours of(String zone, int open, int close) {
            return new Hours(Pattern.compile("(?i)" + zone), open, close);
        }

        boolean overlap(Span span) {
            return span.fromMinute() < close && span.toMinute() > open;
        }
    }

    private static final List<Hours> ZONES =
            List.of(
                    Hours.of("(etc/)?(utc|gmt)", 14 * 60 + 30, 20 * 60), // Europe and New York
                    Hours.of("asia/taipei", 9 * 60, 13 * 60 + 30),
                    Hours.of("asia/(shanghai|tokyo)", 9 * 60 + 30, 15 * 60),
                    Hours.of("asia/(seoul|kolkata|calcutta)", 9 * 60 + 15, 15 * 60 + 30),
                    Hours.of(".*", 9 * 60 + 30, 16 * 60));

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
        var hours =
                ZONES.stream().filter(one -> one.zone().matcher(span.zone()).matches()).findFirst();
        boolean isWeekday =
                span.days().stream().anyMatch(day -> day.compareTo(DayOfWeek.FRIDAY) <= 0);
        return isWeekday && !span.isRare() && hours.filter(one -> one.overlap(span)).isPresent();
    }
}
