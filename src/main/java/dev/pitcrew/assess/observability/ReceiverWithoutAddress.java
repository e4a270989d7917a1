package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Route;
import java.util.HashSet;

/// A route sends alerts to a receiver that has no address or does not exist.
final class ReceiverWithoutAddress implements Check {
    private static final Id ID =
            new Id(
                    "OBS-006",
                    "receiver-without-address",
                    Severity.HIGH,
                    "A route sends alerts to a receiver that has no address or does not exist");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRouting routing : Near.all(subject, AlertRouting.class)) {
            var seen = new HashSet<String>();
            for (Route route : routing.routes()) {
                String name = route.receiver().value();
                var receiver = routing.receiver(name);
                if (!seen.add(name)
                        || name.contains("{{")
                        || name.isEmpty()
                        || (routing.isOfGrafana() && mayBeMadeByHand(routing, name))) {
                    continue;
                }
                if (receiver.isEmpty()) {
                    report.finding(
                                    route.receiver().place(),
                                    "the receiver %s does not exist, so %s does not start"
                                            .formatted(
                                                    name,
                                                    routing.isOfGrafana()
                                                            ? "Grafana"
                                                            : "Alertmanager"))
                            .confidence(routing.isOfGrafana() ? Confidence.MEDIUM : Confidence.HIGH)
                            .about(routing);
                } else if (receiver.get().addresses().isEmpty()
                        && !receiver.get().isMeantToDrop()) {
                    report.finding(
                                    receiver.get().place(),
                                    "the receiver %s has no address: what is routed to it is dropped without a word"
                                            .formatted(name))
                            .also(route.receiver().place(), "the route to it")
                            .about(routing);
                }
            }
        }
    }

    /// Whether a Grafana has it without a file: the one that it brings, a variable, or one of its pages where no file has any.
    private static boolean mayBeMadeByHand(AlertRouting routing, String name) {
        return name.equals("grafana-default-email")
                || name.contains("$")
                || routing.receivers().isEmpty();
    }
}
