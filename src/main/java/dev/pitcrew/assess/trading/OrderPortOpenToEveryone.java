package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.assess.support.Ports;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;
import java.util.Set;

/// Anybody may talk to what sends orders.
final class OrderPortOpenToEveryone implements Check {
    private static final Id ID =
            new Id(
                    "TRD-113",
                    "order-port-open-to-everyone",
                    Severity.HIGH,
                    "A firewall lets the whole internet reach what sends orders");

    /// Where the gateways of Interactive Brokers listen.
    private static final Set<Integer> GATEWAYS = Set.of(4001, 4002, 7496, 7497);

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.FIREWALL)) {
            boolean isOpen =
                    one.setting("source")
                            .filter(source -> Ports.isEveryone(source.value()))
                            .isPresent();
            String ports = one.setting("ports").map(Located::value).orElse("");
            boolean isGateway =
                    Clouds.trades(subject, one).isPresent()
                            && !ports.equals("all")
                            && GATEWAYS.stream()
                                    .anyMatch(
                                            port ->
                                                    Ports.has(ports, port)
                                                            && Ports.isNarrow(ports));
            boolean isOfOrders = Clouds.sends(subject, one) && !ports.matches("80|443|80,443|22");
            if (isOpen && (isGateway || isOfOrders)) {
                report.finding(
                        one.setting("source").orElseThrow().place(),
                        "%s lets everybody on the internet reach %s of %s"
                                .formatted(
                                        Clouds.named(one),
                                        ports.equals("all") ? "every port" : "port " + ports,
                                        isGateway
                                                ? "a broker's gateway, which asks nobody for a password"
                                                : "what sends orders"));
            }
        }
    }
}
