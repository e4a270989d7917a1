package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;

/// Localhost, where it means another container.
public final class AddressOfItself implements Check {
    private static final Id ID =
            new Id(
                    "SYS-004",
                    "address-of-itself",
                    Severity.HIGH,
                    "A service looks in its own container for a store that runs in another one");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            boolean isAlone =
                    one.trait("host-network").isPresent() || !one.format().equals("compose");
            for (Address address : Address.of(one)) {
                if (isAlone
                        || !address.isLoopback()
                        || !address.scheme().matches("postgresql|mysql|redis|amqp|mongodb|kafka")
                        || isOf(one, address)) {
                    continue;
                }
                subject.all(Container.class).stream()
                        .filter(other -> other.unit().equals(one.unit()) && !other.equals(one))
                        .filter(
                                other ->
                                        subject.duty(other) == Duty.STORE
                                                || subject.duty(other) == Duty.QUEUE)
                        .filter(other -> isOf(other, address))
                        .filter(
                                _ ->
                                        one.traits().stream()
                                                .noneMatch(
                                                        trait ->
                                                                trait.value()
                                                                        .startsWith("network:")))
                        .findFirst()
                        .ifPresent(
                                other ->
                                        report.finding(
                                                        address.place(),
                                                        "%s looks for %s at %s, which is itself; the store is %s"
                                                                .formatted(
                                                                        one.name(),
                                                                        address.scheme(),
                                                                        address.host(),
                                                                        other.name()))
                                                .about(one)
                                                .also(other.place(), "the store"));
            }
        }
    }

    /// Whether a container runs a store of the kind that an address is of; such a one means itself.
    private static boolean isOf(Container one, Address address) {
        return one.image()
                .filter(image -> image.value().contains(address.scheme().substring(0, 5)))
                .isPresent();
    }
}
