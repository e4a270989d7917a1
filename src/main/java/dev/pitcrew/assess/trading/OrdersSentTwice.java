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
import java.util.HashSet;
import java.util.regex.Pattern;

/// The proxy sends a request that failed once more, orders as well.
final class OrdersSentTwice implements Check {
    private static final Id ID =
            new Id(
                    "TRD-070",
                    "orders-sent-twice-by-proxy",
                    Severity.CRITICAL,
                    "The proxy sends a request that failed once more, orders as well");

    @Override
    public Id id() {
        return ID;
    }

    private static final Pattern UNSAFE_RETRIES =
            Pattern.compile(
                    ".*\\b(all-retryable-errors|empty-response|response-timeout|junk-response|500|502|503|504)\\b.*");

    @Override
    public void look(Subject subject, Report report) {
        var seen = new HashSet<Place>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            var retry =
                    route.setting("proxy_next_upstream")
                            .or(() -> route.setting("grpc_next_upstream"))
                            .filter(one -> one.value().contains("non_idempotent"))
                            .or(
                                    () ->
                                            route.setting("retry-on")
                                                    .filter(
                                                            one ->
                                                                    UNSAFE_RETRIES
                                                                            .matcher(one.value())
                                                                            .matches())
                                                    .filter(
                                                            _ ->
                                                                    route.setting(
                                                                                    "http-request disable-l7-retry")
                                                                            .isEmpty()));
            if (retry.isEmpty() || route.target().isEmpty() || !seen.add(retry.get().place())) {
                continue;
            }
            boolean isOrders =
                    Near.all(subject, ProxyRoute.class).stream()
                            .filter(one -> one.settings().contains(retry.get()))
                            .anyMatch(one -> Routes.isOrders(subject, one));
            report.finding(
                            retry.get().place(),
                            "with %s %s a POST whose answer is lost goes to the next server: %s"
                                    .formatted(
                                            retry.get().name(),
                                            retry.get().value(),
                                            isOrders
                                                    ? "the order is sent twice"
                                                    : "what it did is done twice"))
                    .also(route.place(), "holds for " + Routes.name(route))
                    .severity(isOrders ? Severity.CRITICAL : Severity.HIGH)
                    .confidence(isOrders ? Confidence.HIGH : Confidence.MEDIUM)
                    .about(route);
        }
    }
}
