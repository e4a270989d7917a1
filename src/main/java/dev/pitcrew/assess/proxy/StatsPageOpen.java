package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.ProxyProcess;
import dev.pitcrew.model.infra.ProxyRoute;
import java.util.HashSet;

/// The proxy's own page or socket for operators is open to everyone.
final class StatsPageOpen implements Check {
    private static final Id ID =
            new Id(
                    "PRX-007",
                    "stats-page-open",
                    Severity.HIGH,
                    "The proxy's own page or socket for operators is open to everyone");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var seen = new HashSet<Place>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            var page = route.setting("stats enable").or(() -> route.setting("stats uri"));
            if (page.isPresent()
                    && route.isOpen()
                    && route.setting("stats auth").isEmpty()
                    && !Routes.isGuarded(route)
                    && seen.add(page.get().place())) {
                boolean isAdmin = route.setting("stats admin").isPresent();
                report.finding(
                                page.get().place(),
                                isAdmin
                                        ? "the statistics page has no login, and whoever opens it can take servers out (stats admin)"
                                        : "the statistics page has no login: it names every server and its state")
                        .severity(isAdmin ? Severity.CRITICAL : Severity.MEDIUM)
                        .about(route);
            }
        }
        for (ProxyProcess process : Near.all(subject, ProxyProcess.class)) {
            process.setting("stats socket")
                    .filter(one -> one.value().matches("(ipv4@)?(\\*|0\\.0\\.0\\.0)?:[0-9]+.*"))
                    .filter(one -> one.value().contains("level admin"))
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    one.place(),
                                                    "the runtime socket listens on every address with level admin: whoever connects can take servers out and change maps")
                                            .severity(Severity.CRITICAL)
                                            .about(process));
        }
    }
}
