package dev.pitcrew.assess.compose;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import java.util.Set;

/// A database that the internet can reach.
public final class StoreOpenToAll implements Check {
    private static final Id ID =
            new Id(
                    "CMP-004",
                    "store-open-to-all",
                    Severity.HIGH,
                    "The port of a store or broker that the order path uses is open on every interface of the host");
    private static final Set<Integer> PORTS =
            Set.of(3306, 5432, 5672, 6379, 8086, 8123, 9000, 9042, 9092, 9200, 15672, 27017);

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            boolean isStore = subject.duty(one) == Duty.STORE || subject.duty(one) == Duty.QUEUE;
            boolean isUsed =
                    subject.all(Container.class).stream()
                            .filter(other -> Pods.areTogether(one, other))
                            .anyMatch(other -> subject.duty(other).isOrderPath());
            if (!isStore || !isUsed || !one.format().equals("compose")) {
                continue;
            }
            one.ports().stream()
                    .filter(at -> at.isOpen() && PORTS.contains(at.inside()))
                    .findFirst()
                    .ifPresent(
                            at ->
                                    report.finding(
                                                    at.place(),
                                                    "port %s of %s is open on every interface; a published port passes by the rules of the host's firewall"
                                                            .formatted(at.text(), one.name()))
                                            .about(one)
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
