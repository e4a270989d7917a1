package dev.pitcrew.assess.compose;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.PortUse;
import java.util.List;

/// The second that asks for a port of the host doesn't start; which one that is, changes from boot to boot.
final class PortTakenTwice implements Check {
    private static final Id ID =
            new Id(
                    "CMP-002",
                    "port-taken-twice",
                    Severity.HIGH,
                    "Two services ask for the same port of the host, so one of them does not start");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        List<Container> all =
                subject.all(Container.class).stream()
                        .filter(one -> one.format().equals("compose") && one.profiles().isEmpty())
                        .toList();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                if (Pods.areTogether(all.get(i), all.get(j))) {
                    compare(all.get(i), all.get(j), report);
                }
            }
        }
    }

    private static void compare(Container first, Container second, Report report) {
        for (PortUse one : first.ports()) {
            second.ports().stream()
                    .filter(other -> isSame(one, other))
                    .findFirst()
                    .ifPresent(
                            other ->
                                    report.finding(
                                                    other.place(),
                                                    "%s and %s both ask for port %d of the host; whichever comes second does not start"
                                                            .formatted(
                                                                    first.name(),
                                                                    second.name(),
                                                                    other.host()
                                                                            .orElseThrow()
                                                                            .port()))
                                            .about(second)
                                            .also(one.place(), "the other one"));
        }
    }

    private static boolean isSame(PortUse one, PortUse other) {
        return one.protocol().equals(other.protocol())
                && one.host()
                        .flatMap(
                                mine ->
                                        other.host()
                                                .filter(
                                                        theirs ->
                                                                mine.port() != 0
                                                                        && mine.port()
                                                                                == theirs.port()
                                                                        && overlaps(
                                                                                mine.address(),
                                                                                theirs.address())))
                        .isPresent();
    }

    private static boolean overlaps(String one, String other) {
        return one.equals(other) || isAll(one) || isAll(other);
    }

    private static boolean isAll(String address) {
        return address.equals("0.0.0.0") || address.equals("::");
    }
}
