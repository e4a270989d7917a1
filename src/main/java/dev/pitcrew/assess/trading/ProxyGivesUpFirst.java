package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.proxy.Routes;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.ProxyRoute;
import java.time.Duration;
import java.util.HashSet;

/// The proxy answers for an order that is still on its way to the venue.
final class ProxyGivesUpFirst implements Check {
    private static final Id ID =
            new Id(
                    "TRD-073",
                    "proxy-gives-up-first",
                    Severity.HIGH,
                    "The proxy answers for an order that is still on its way to the venue");

    @Override
    public Id id() {
        return ID;
    }

    private static final Duration VENUE = Duration.ofSeconds(5);

    @Override
    public void look(Subject subject, Report report) {
        var seen = new HashSet<Place>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (route.target().isEmpty() || !Routes.isOrders(subject, route)) {
                continue;
            }
            Routes.silence(route)
                    .filter(
                            one ->
                                    Routes.length(route, one)
                                            .filter(length -> length.compareTo(VENUE) <= 0)
                                            .isPresent())
                    .filter(one -> seen.add(one.place()))
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    one.place(),
                                                    "%s gives up after %s (%s) and answers 504, while the gateway still waits for its venue"
                                                            .formatted(
                                                                    Routes.name(route),
                                                                    one.value(),
                                                                    one.name()))
                                            .also(route.place(), "takes orders")
                                            .confidence(Confidence.MEDIUM)
                                            .about(route));
        }
    }
}
