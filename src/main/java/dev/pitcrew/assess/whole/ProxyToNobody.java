package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.observability.Near;
import dev.pitcrew.assess.proxy.Routes;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.ProxyRoute;
import dev.pitcrew.model.infra.ProxyUpstream;
import dev.pitcrew.model.infra.Target;
import java.util.LinkedHashMap;
import java.util.List;

/// The proxy passes requests to a name that no container here has.
final class ProxyToNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-052",
                    "proxy-to-nobody",
                    Severity.HIGH,
                    "The proxy passes requests to a name that no container here has");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var targets = new LinkedHashMap<Place, Target>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (route.format().equals("nginx") && Routes.upstream(subject, route).isEmpty()) {
                route.target().ifPresent(one -> targets.put(one.place(), one.value()));
            }
        }
        for (ProxyUpstream upstream : Near.all(subject, ProxyUpstream.class)) {
            upstream.servers().forEach(one -> targets.put(one.place(), one.address()));
        }
        targets.forEach(
                (place, target) -> {
                    var around = Hosts.mounting(subject, place);
                    if (around.isEmpty()
                            || !target.isServiceName()
                            || Hosts.isShared(subject, around)
                            || Hosts.names(around).contains(target.host())) {
                        return;
                    }
                    report.finding(
                                    place,
                                    "no container that runs beside this proxy is called %s; there are %s"
                                            .formatted(
                                                    target.host(),
                                                    Alerts.some(List.copyOf(Hosts.names(around)))))
                            .also(around.getFirst().place(), "the containers of this set")
                            .confidence(Confidence.MEDIUM);
                });
    }
}
