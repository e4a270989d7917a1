package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Network;
import dev.pitcrew.model.infra.Peers;

/// A URL whose host is neither a service nor a name of the internet.
public final class AddressOfNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-001",
                    "address-of-nobody",
                    Severity.HIGH,
                    "A service is told to talk to a name that nobody has");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var peers = Peers.of(subject.survey());
        for (Container one : subject.all(Container.class)) {
            boolean isClosed =
                    one.format().equals("compose")
                            && one.trait("host-network").isEmpty()
                            && one.profiles().isEmpty()
                            && subject.all(Network.class).stream()
                                    .noneMatch(
                                            net ->
                                                    net.unit().equals(one.unit())
                                                            && net.isExternal())
                            && peers.names(one).size() > 1;
            for (Address address : Address.of(one)) {
                boolean isKnown =
                        !peers.named(one, address.host()).isEmpty()
                                || one.trait("host:" + address.host()).isPresent()
                                || isBeside(subject, one, address.host());
                boolean isStore =
                        address.scheme()
                                .matches(
                                        "postgresql|mysql|redis|rediss|amqp|amqps|mongodb|kafka|https?|nats");
                if (isClosed && address.isLocalName() && isStore && !isKnown) {
                    report.finding(
                                    address.place(),
                                    "%s looks for %s, and no service has that name"
                                            .formatted(one.name(), address.host()))
                            .about(one)
                            .confidence(Confidence.MEDIUM);
                }
            }
        }
    }

    /// Another Compose file of the folder has it, and may be started together with this one.
    private static boolean isBeside(Subject subject, Container one, String host) {
        String folder = Paths.folder(one.place().file());
        return subject.all(Container.class).stream()
                .anyMatch(
                        other ->
                                other.name().equals(host)
                                        && Paths.folder(other.place().file()).equals(folder));
    }
}
