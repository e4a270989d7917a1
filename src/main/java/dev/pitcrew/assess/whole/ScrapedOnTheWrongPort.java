package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.ScrapeJob;
import dev.pitcrew.model.infra.Target;

/// Prometheus asks a service on a port on which it does not serve metrics.
final class ScrapedOnTheWrongPort implements Check {
    private static final Id ID =
            new Id(
                    "SYS-050",
                    "scraped-on-the-wrong-port",
                    Severity.HIGH,
                    "Prometheus asks a service on a port on which it does not serve metrics");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (ScrapeJob job : Near.all(subject, ScrapeJob.class)) {
            if (job.isProbe() || job.targets().isEmpty()) {
                continue;
            }
            var around = Hosts.around(subject, "prometheus", job.place());
            for (var target : job.targets()) {
                Hosts.named(around, target.value().host())
                        .ifPresent(container -> look(subject, report, job, target, container));
            }
        }
    }

    private static void look(
            Subject subject,
            Report report,
            ScrapeJob job,
            Located<Target> target,
            Container container) {
        if (target.value().host().equals("host.docker.internal")) {
            return; // the host, and no container that may only know this name
        }
        var ports = Hosts.ports(subject, container);
        int asked = target.value().port() == 0 ? 80 : target.value().port();
        if (ports.isEmpty() || ports.stream().anyMatch(one -> one.number() == asked)) {
            return;
        }
        boolean isSaidElsewhere =
                container.mounts().stream()
                        .anyMatch(
                                one ->
                                        one.source()
                                                .matches("(?i).*(prometheus|metrics|exporter).*"));
        if (isSaidElsewhere && ports.stream().noneMatch(Hosts.Port::isSure)) {
            return; // a file of its own opens one for metrics
        }
        var best = ports.stream().filter(Hosts.Port::isSure).findFirst().orElse(ports.getFirst());
        report.finding(
                        target.place(),
                        "job %s asks %s on port %d, and it serves %s"
                                .formatted(
                                        job.name(),
                                        target.value().host(),
                                        asked,
                                        Alerts.some(
                                                ports.stream()
                                                        .map(one -> Integer.toString(one.number()))
                                                        .distinct()
                                                        .toList())))
                .also(best.place(), best.because())
                .confidence(best.isSure() ? Confidence.HIGH : Confidence.LOW)
                .about(container);
    }
}
