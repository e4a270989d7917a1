package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.ProxyProcess;
import dev.pitcrew.model.infra.ProxyRoute;

/// After a reload old workers live on with the old configuration as long as a WebSocket is open.
final class OldWorkersStay implements Check {
    private static final Id ID =
            new Id(
                    "PRX-005",
                    "old-workers-stay",
                    Severity.LOW,
                    "After a reload old workers live on with the old configuration as long as a WebSocket is open");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (ProxyProcess process : Near.all(subject, ProxyProcess.class)) {
            if (!process.format().equals("nginx")
                    || process.setting("worker_shutdown_timeout").isPresent()) {
                continue;
            }
            Near.all(subject, ProxyRoute.class).stream()
                    .filter(Routes::isWebSocket)
                    .filter(
                            route ->
                                    Near.nearest(subject, ProxyProcess.class, route.place())
                                            .filter(process::equals)
                                            .isPresent())
                    .findFirst()
                    .ifPresent(
                            route ->
                                    report.finding(
                                                    process.place(),
                                                    "worker_shutdown_timeout is not set, and %s carries WebSockets: a reload leaves workers that still pass to the old servers"
                                                            .formatted(Routes.name(route)))
                                            .also(route.place(), "the WebSockets")
                                            .about(process));
        }
    }
}
