package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// The loss of one data centre is the loss of the day.
final class OrdersDatabaseInOneZone implements Check {
    private static final Id ID =
            new Id(
                    "TRD-112",
                    "orders-database-in-one-zone",
                    Severity.MEDIUM,
                    "The managed database under order entry stands in one zone alone");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.DATABASE)) {
            one.where("severalZones", "false")
                    .filter(_ -> Clouds.ofOrders(subject, one))
                    .ifPresent(
                            place ->
                                    report.finding(
                                            place,
                                            "%s has no standby in another zone: when its zone fails in the session, order entry waits until somebody restores a backup elsewhere"
                                                    .formatted(Clouds.named(one))));
        }
    }
}
