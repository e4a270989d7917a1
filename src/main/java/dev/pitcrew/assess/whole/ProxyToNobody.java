package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.proxy.Routes;
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
        Routes.targets(subject)
                .forEach(
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
                                                            Alerts.some(
                                                                    List.copyOf(
                                                                            Hosts.names(around)))))
                                    .also(around.getFirst().place(), "the containers of this set")
                                    .confidence(Confidence.MEDIUM);
                        });
    }
}
