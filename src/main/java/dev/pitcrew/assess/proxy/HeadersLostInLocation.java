package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.ProxyRoute;
import java.util.Locale;
import java.util.Set;

/// A location sets one header and so loses those that the server sets for all.
final class HeadersLostInLocation implements Check {
    private static final Id ID =
            new Id(
                    "PRX-008",
                    "headers-lost-in-location",
                    Severity.MEDIUM,
                    "A location sets one header and so loses those that the server sets for all");

    @Override
    public Id id() {
        return ID;
    }

    private static final Set<String> MATTER =
            Set.of("x-forwarded-for", "x-real-ip", "x-forwarded-proto", "host", "authorization");

    @Override
    public void look(Subject subject, Report report) {
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (route.setting("proxy_pass").isEmpty() || !route.isWhole()) {
                continue;
            }
            var own =
                    route.settings("proxy_set_header").stream()
                            .map(HeadersLostInLocation::header)
                            .toList();
            var lost =
                    route.dropped().stream()
                            .filter(one -> one.name().equals("proxy_set_header"))
                            .filter(one -> MATTER.contains(header(one)))
                            .filter(one -> !own.contains(header(one)))
                            .toList();
            if (!lost.isEmpty()) {
                report.finding(
                                route.setting("proxy_set_header").orElseThrow().place(),
                                "with this line %s does not inherit %s any more"
                                        .formatted(
                                                Routes.name(route),
                                                Alerts.some(
                                                        lost.stream()
                                                                .map(
                                                                        one ->
                                                                                one.value()
                                                                                        .replaceAll(
                                                                                                "\\s.*",
                                                                                                ""))
                                                                .toList())))
                        .also(
                                lost.getFirst().place(),
                                "set here for all locations that set no header themselves")
                        .about(route);
            }
        }
    }

    private static String header(Label one) {
        return one.value().replaceAll("\\s.*", "").toLowerCase(Locale.ROOT);
    }
}
