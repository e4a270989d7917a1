package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.ScrapeJob;
import dev.pitcrew.model.infra.Target;
import dev.pitcrew.model.infra.Watcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Prometheus has a target or an Alertmanager whose name no container here has.
final class WatchesNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-051",
                    "watches-nobody",
                    Severity.HIGH,
                    "Prometheus has a target or an Alertmanager whose name no container here has");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var targets = new ArrayList<Located<Target>>();
        Near.all(subject, ScrapeJob.class).stream()
                .filter(job -> !job.isProbe())
                .forEach(job -> targets.addAll(job.targets()));
        Near.all(subject, Watcher.class).forEach(one -> targets.addAll(one.alertmanagers()));
        var missing = new LinkedHashMap<String, List<Located<Target>>>();
        for (var target : targets) {
            var around = Hosts.around(subject, "prometheus", target.place());
            if (around.isEmpty()
                    || !target.value().isServiceName()
                    || Hosts.isShared(subject, around)
                    || Hosts.names(around).contains(target.value().host())) {
                continue;
            }
            missing.computeIfAbsent(target.place().file(), _ -> new ArrayList<>()).add(target);
        }
        missing.values().forEach(all -> say(all, subject, report));
    }

    /// One configuration that doesn't fit the containers beside it is one cause.
    private static void say(List<Located<Target>> all, Subject subject, Report report) {
        var first = all.getFirst();
        var hosts = all.stream().map(one -> one.value().host()).distinct().toList();
        var around = Hosts.around(subject, "prometheus", first.place());
        var draft =
                report.finding(
                                first.place(),
                                "no container that runs beside Prometheus is called %s; there are %s"
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
