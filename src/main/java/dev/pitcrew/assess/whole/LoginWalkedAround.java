package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.proxy.Routes;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.ProxyRoute;
import java.util.HashSet;

/// The proxy asks for a login, and the service behind it is published beside the proxy.
final class LoginWalkedAround implements Check {
    private static final Id ID =
            new Id(
                    "SYS-055",
                    "login-walked-around",
                    Severity.HIGH,
                    "The proxy asks for a login, and the service behind it is published beside the proxy");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var seen = new HashSet<Place>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (!route.isWhole()
                    || !Routes.asksForLogin(route)
                    || route.setting("if").isPresent()) {
                continue;
            }
            var around = Hosts.mounting(subject, route.place());
            Routes.hosts(subject, route)
                    .flatMap(host -> Hosts.named(around, host).stream())
                    .forEach(
                            container ->
                                    container.ports().stream()
                                            .filter(Container.PortUse::isOpen)
                                            .filter(port -> seen.add(port.place()))
                                            .findFirst()
                                            .ifPresent(
                                                    port ->
                                                            report.finding(
                                                                            port.place(),
                                                                            "%s is published on every address (%s), so the login at the proxy can be walked around"
                                                                                    .formatted(
                                                                                            container
                                                                                                    .name(),
                                                                                            port
                                                                                                    .text()))
                                                                    .also(
                                                                            route.place(),
                                                                            "guarded here")
                                                                    .about(container)));
        }
    }
}
