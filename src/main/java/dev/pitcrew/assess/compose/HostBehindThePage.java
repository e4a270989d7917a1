package dev.pitcrew.assess.compose;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.PortUse;
import dev.pitcrew.model.infra.Duty;

/// Who has the socket has the host.
public final class HostBehindThePage implements Check {
    private static final Id ID =
            new Id(
                    "CMP-005",
                    "host-behind-the-page",
                    Severity.HIGH,
                    "A container that others can reach holds the socket of the Docker daemon,"
                            + " beside services that send orders");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            var open = one.ports().stream().filter(PortUse::isOpen).findFirst();
            var socket =
                    one.mounts().stream()
                            .filter(at -> at.source().matches("(/var)?/run/docker\\.sock"))
                            .findFirst();
            if (open.isEmpty() || socket.isEmpty()) {
                continue;
            }
            var sender =
                    subject.all(Container.class).stream()
                            .filter(other -> Pods.areTogether(one, other))
                            .filter(other -> subject.duty(other) == Duty.ORDER_ENTRY)
                            .findFirst();
            if (sender.isPresent()) {
                report.finding(
                                socket.get().place(),
                                "%s is reached from outside and holds the Docker socket: who breaks into it has the host, and the keys of what sends orders there"
                                        .formatted(one.name()))
                        .about(one)
                        .also(open.get().place(), "where it is reached")
                        .also(sender.get().place(), "what sends orders");
            }
        }
    }
}
