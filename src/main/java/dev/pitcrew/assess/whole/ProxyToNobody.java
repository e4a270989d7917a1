package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.proxy.Routes;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Target;
import java.util.ArrayList;
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
        var missing = new LinkedHashMap<String, List<Located<Target>>>();
        Routes.targets(subject)
                .forEach(
                        (place, target) -> {
                            var around = Hosts.mounting(subject, place);
                            if (!around.isEmpty()
                                    && target.isServiceName()
                                    && !Hosts.isShared(subject, around)
                                    && !Hosts.names(around).contains(target.host())) {
                                missing.computeIfAbsent(place.file(), _ -> new ArrayList<>())
                                        .add(new Located<>(target, place));
                            }
                        });
        missing.values().forEach(all -> say(all, subject, report));
    }

    /// One configuration that doesn't fit the containers beside it is one cause.
    private static void say(List<Located<Target>> all, Subject subject, Report report) {
        var first = all.getFirst();
        var around = Hosts.mounting(subject, first.place());
        var hosts = all.stream().map(one -> one.value().host()).distinct().toList();
        var draft =
                report.finding(
                                first.place(),
                                "no container that runs beside this proxy is called %s; there are %s"
                                        .formatted(
                                                hosts.size() == 1
                                                        ? hosts.getFirst()
                                                        : Alerts.some(hosts),
                                                Alerts.some(List.copyOf(Hosts.names(around)))))
                        .also(around.getFirst().place(), "the containers of this set")
                        .confidence(Confidence.MEDIUM);
        all.stream()
                .skip(1)
                .forEach(one -> draft.also(one.place(), one.value().host() + " is none either"));
    }
}
