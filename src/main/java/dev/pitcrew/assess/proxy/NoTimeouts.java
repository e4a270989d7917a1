package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.ProxyRoute;
import java.util.HashSet;
import java.util.List;

/// HAProxy has no timeouts, so connections that hang stay until none are left.
final class NoTimeouts implements Check {
    private static final Id ID =
            new Id(
                    "PRX-009",
                    "no-timeouts",
                    Severity.MEDIUM,
                    "HAProxy has no timeouts, so connections that hang stay until none are left");

    @Override
    public Id id() {
        return ID;
    }

    private static final List<String> NEEDED =
            List.of("timeout client", "timeout connect", "timeout server");

    @Override
    public void look(Subject subject, Report report) {
        var seen = new HashSet<String>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (!route.format().equals("haproxy")
                    || route.target().isEmpty()
                    || route.listeners().isEmpty()) {
                continue;
            }
            var missing = NEEDED.stream().filter(name -> route.setting(name).isEmpty()).toList();
            if (!missing.isEmpty() && seen.add(route.place().file())) {
                report.finding(
                                route.place(),
                                "no %s is set here nor in defaults: a peer that is gone without a word holds its connection for ever"
                                        .formatted(String.join(", no ", missing)))
                        .about(route);
            }
        }
    }
}
