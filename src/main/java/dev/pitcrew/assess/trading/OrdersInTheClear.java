package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.proxy.Routes;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.ProxyRoute;
import dev.pitcrew.model.infra.ProxyRoute.ProxyListener;
import java.util.HashSet;

/// The proxy takes orders over plain HTTP.
final class OrdersInTheClear implements Check {
    private static final Id ID =
            new Id(
                    "TRD-071",
                    "orders-in-the-clear",
                    Severity.HIGH,
                    "The proxy takes orders over plain HTTP");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var seen = new HashSet<Place>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (route.target().isEmpty()
                    || Routes.isAnswered(route)
                    || !Routes.isOrders(subject, route)
                    || route.listeners().stream().anyMatch(ProxyListener::isTls)
                    || Routes.has(route, "bind", ".*accept-proxy.*")
                    || Routes.has(route, "listen", ".*proxy_protocol.*")
                    || route.setting("set_real_ip_from").isPresent()) {
                continue;
            }
            route.listeners().stream()
                    .filter(one -> !one.isLoopback())
                    .findFirst()
                    .filter(one -> seen.add(one.place()))
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    one.place(),
                                                    "%s takes orders, and this listener speaks plain HTTP: orders, keys and sessions cross the network readable"
                                                            .formatted(Routes.name(route)))
                                            .also(
                                                    route.place(),
                                                    "passes them to " + Routes.end(subject, route))
                                            .confidence(Confidence.MEDIUM)
                                            .about(route));
        }
    }
}
