package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.ProxyRoute;
import java.time.Duration;

/// A WebSocket that is quiet for a minute is cut by the proxy.
final class QuietSocketCut implements Check {
    private static final Id ID =
            new Id(
                    "PRX-003",
                    "quiet-socket-cut",
                    Severity.MEDIUM,
                    "A WebSocket that is quiet for a minute is cut by the proxy");

    @Override
    public Id id() {
        return ID;
    }

    private static final Duration USUAL = Duration.ofSeconds(60);

    @Override
    public void look(Subject subject, Report report) {
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (!route.format().equals("nginx")
                    || !Routes.isWebSocket(route)
                    || route.target().isEmpty()
                    || !route.isWhole()
                    || !route.path().matches("(?i).*(ws|websocket|socket|stream|feed|live).*")) {
                continue;
            }
            var timeout = route.setting("proxy_read_timeout");
            var length = timeout.flatMap(one -> Routes.length(route, one));
            if ((timeout.isPresent() && length.isEmpty())
                    || length.filter(one -> one.compareTo(USUAL) > 0).isPresent()) {
                continue;
            }
            report.finding(
                            timeout.map(Label::place).orElse(route.place()),
                            "a WebSocket on %s is cut after %s without a message%s"
                                    .formatted(
                                            route.path(),
                                            Alerts.text(length.orElse(USUAL)),
                                            timeout.isPresent()
                                                    ? ""
                                                    : ", which is what nginx takes when proxy_read_timeout says nothing"))
                    .confidence(Confidence.MEDIUM)
                    .about(route);
        }
    }
}
