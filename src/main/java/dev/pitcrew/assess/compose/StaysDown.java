package dev.pitcrew.assess.compose;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Trading;

/// No restart policy, where the neighbours have one.
public final class StaysDown implements Check {
    private static final Id ID =
            new Id(
                    "CMP-001",
                    "stays-down",
                    Severity.HIGH,
                    "A service of the order path stays down after a crash or a reboot, while others"
                            + " come back");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            boolean isMeant =
                    one.format().equals("compose")
                            && subject.duty(one).isOrderPath()
                            && subject.trading(one) != Trading.TEST
                            && one.profiles().isEmpty()
                            && one.trait("stdin-open").isEmpty() // a person sits at it
                            && one.restart().isEmpty();
            if (!isMeant) {
                continue;
            }
            subject.all(Container.class).stream()
                    .filter(other -> Pods.areTogether(one, other))
                    .flatMap(other -> other.restart().stream())
                    .filter(at -> at.value().matches("always|unless-stopped"))
                    .findFirst()
                    .ifPresent(
                            at ->
                                    report.finding(
                                                    one.place(),
                                                    "%s has no restart policy, so it stays down when others come back"
                                                            .formatted(one.name()))
                                            .about(one)
                                            .also(at.place(), "one that comes back")
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
