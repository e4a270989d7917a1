package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// What order entry remembers goes with one node.
final class OrderStateWithoutFailover implements Check {
    private static final Id ID =
            new Id(
                    "TRD-123",
                    "order-state-without-failover",
                    Severity.MEDIUM,
                    "The managed Redis of order entry has no second node that takes over");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.CACHE)) {
            one.where("failsOver", "false")
                    .filter(_ -> Clouds.sends(subject, one))
                    .ifPresent(
                            place ->
                                    report.finding(
                                            place,
                                            "%s is on one node: when it fails, what order entry remembers of the session is gone, and nothing is sent until a new one is up and filled"
                                                    .formatted(Clouds.named(one))));
        }
    }
}
