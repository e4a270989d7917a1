package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.proxy.Routes;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.ProxyRoute;
import java.util.regex.Pattern;

/// Whoever reaches the proxy can stop or start trading, for the path has no login.
final class KillSwitchOpen implements Check {
    private static final Id ID =
            new Id(
                    "TRD-072",
                    "kill-switch-open",
                    Severity.CRITICAL,
                    "Whoever reaches the proxy can stop or start trading, for the path has no login");

    @Override
    public Id id() {
        return ID;
    }

    private static final Pattern CONTROL =
            Pattern.compile(
                    "(?i).*(^|[/_.-])(kill|kill-?_?switch|halt|panic|flatten|liquidate|emergency|circuit-?_?breaker|pause|resume|arm|disarm|re-?arm|shutdown|start-trading|stop-trading)([/_.$)(|?-].*|$)");

    @Override
    public void look(Subject subject, Report report) {
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (CONTROL.matcher(route.path()).matches() && Routes.isForEveryone(route)) {
                report.finding(
                                route.place(),
                                "%s is passed to %s without a login or a list of addresses"
                                        .formatted(route.path(), Routes.end(subject, route)))
                        .also(route.listeners().getFirst().place(), "where it listens")
                        .confidence(Confidence.MEDIUM)
                        .about(route);
            }
        }
    }
}
