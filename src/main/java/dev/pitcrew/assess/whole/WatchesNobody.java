package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.ScrapeJob;
import dev.pitcrew.model.infra.Watcher;

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
        var nobody = new Nobody(subject, place -> Hosts.around(subject, "prometheus", place));
        Near.all(subject, ScrapeJob.class).stream()
                .filter(job -> !job.isProbe())
                .forEach(job -> job.targets().forEach(nobody::take));
        Near.all(subject, Watcher.class).forEach(one -> one.alertmanagers().forEach(nobody::take));
        nobody.tell("Prometheus", report);
    }
}
