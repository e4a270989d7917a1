package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.ProxyUpstream;

/// A proxy shares requests among servers and never looks whether they live.
final class ServerWithoutCheck implements Check {
    private static final Id ID =
            new Id(
                    "PRX-006",
                    "server-without-check",
                    Severity.HIGH,
                    "A proxy shares requests among servers and never looks whether they live");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (ProxyUpstream upstream : Near.all(subject, ProxyUpstream.class)) {
            var blind = upstream.servers().stream().filter(one -> isBlind(upstream, one)).toList();
            if (upstream.servers().size() < 2 || blind.size() < upstream.servers().size()) {
                continue;
            }
            report.finding(
                            blind.getFirst().place(),
                            "%s has %d servers and %s: a dead one keeps getting its share"
                                    .formatted(
                                            upstream.name(),
                                            blind.size(),
                                            upstream.format().equals("haproxy")
                                                    ? "none of them has the word check"
                                                    : "max_fails=0, so failures are not counted"))
                    .about(upstream);
        }
    }

    private static boolean isBlind(ProxyUpstream upstream, ProxyUpstream.Server server) {
        return upstream.format().equals("haproxy")
                ? !server.options().contains("check")
                        && server.options().stream().noneMatch(one -> one.startsWith("track"))
                : server.options().contains("max_fails=0");
    }
}
