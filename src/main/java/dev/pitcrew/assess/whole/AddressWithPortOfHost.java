package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Listeners;
import dev.pitcrew.model.infra.Peers;

/// The host side of a port mapping in a URL between containers.
public final class AddressWithPortOfHost implements Check {
    private static final Id ID =
            new Id(
                    "SYS-002",
                    "address-with-port-of-host",
                    Severity.HIGH,
                    "A service is told to use a port that another one has on the host, not in its network");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var peers = Peers.of(subject.survey());
        for (Container one : subject.all(Container.class)) {
            for (Address address : Address.of(one)) {
                for (Container other : peers.named(one, address.host())) {
                    boolean isInside =
                            Listeners.ports(other).contains(address.port())
                                    || other.ports().stream()
                                            .anyMatch(
                                                    port ->
                                                            port.inside() == address.port()
                                                                    || port.inside() == 0);
                    other.ports().stream()
                            .filter(
                                    _ ->
                                            address.port() > 0
                                                    && !isInside
                                                    && one.trait("host-network").isEmpty())
                            .filter(
                                    port ->
                                            port.host()
                                                    .filter(at -> at.port() == address.port())
                                                    .isPresent())
                            .findFirst()
                            .ifPresent(
                                    port ->
                                            report.finding(
                                                            address.place(),
                                                            "%s calls %s on port %d, which is its port on the host; inside it listens on %d"
                                                                    .formatted(
                                                                            one.name(),
                                                                            other.name(),
                                                                            address.port(),
                                                                            port.inside()))
                                                    .about(one)
                                                    .also(port.place(), "the mapping"));
                }
            }
        }
    }
}
