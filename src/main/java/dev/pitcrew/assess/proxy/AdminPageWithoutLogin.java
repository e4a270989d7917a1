package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.ProxyRoute;
import java.util.regex.Pattern;

/// A page for operators is passed on to everyone, without a login.
final class AdminPageWithoutLogin implements Check {
    private static final Id ID =
            new Id(
                    "PRX-001",
                    "admin-page-without-login",
                    Severity.HIGH,
                    "A page for operators is passed on to everyone, without a login");

    @Override
    public Id id() {
        return ID;
    }

    private static final Pattern ADMIN =
            Pattern.compile(
                    "(?i)[\\^~=]*/?(admin|adminer|actuator|debug|flower|metrics|prometheus|alertmanager|internal|redis-?commander|kafka-?ui|mlflow|jaeger|console|ops)(/.*|\\b.*)?");
    private static final Pattern HAS_NO_LOGIN =
            Pattern.compile(
                    "(?i).*(actuator|debug|flower|metrics|prometheus|alertmanager|kafka|mlflow|jaeger|redis).*");

    @Override
    public void look(Subject subject, Report report) {
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (ADMIN.matcher(route.path()).matches() && Routes.isForEveryone(route)) {
                report.finding(
                                route.place(),
                                "%s is passed to %s for everyone who reaches the proxy: no login, no list of addresses"
                                        .formatted(route.path(), Routes.end(subject, route)))
                        .also(route.listeners().getFirst().place(), "where it listens")
                        .severity(severity(route.path()))
                        .confidence(
                                HAS_NO_LOGIN.matcher(route.path()).matches()
                                        ? Confidence.MEDIUM
                                        : Confidence.LOW)
                        .about(route);
            }
        }
    }

    /// An application behind `/admin` most often asks for a login itself; tools for operators don't.
    private static Severity severity(String path) {
        return HAS_NO_LOGIN.matcher(path).matches() && !path.contains("metrics")
                ? Severity.HIGH
                : Severity.MEDIUM;
    }
}
