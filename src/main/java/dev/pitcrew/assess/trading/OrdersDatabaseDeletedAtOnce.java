package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// One wrong apply, and the database of orders is gone.
final class OrdersDatabaseDeletedAtOnce implements Check {
    private static final Id ID =
            new Id(
                    "TRD-110",
                    "orders-database-deleted-at-once",
                    Severity.HIGH,
                    "The managed database of a system that trades has no protection against being deleted");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.DATABASE)) {
            var why = Clouds.trades(subject, one);
            one.where("deletionProtected", "false")
                    .filter(_ -> why.isPresent())
                    .ifPresent(
                            place ->
                                    report.finding(
                                                    place,
                                                    "one destroy, or a change that replaces it, deletes %s and what the desk knows of its orders (%s)"
                                                            .formatted(
                                                                    Clouds.named(one),
                                                                    why.orElseThrow()))
                                            .confidence(
                                                    Clouds.ofOrders(subject, one)
                                                            ? Confidence.HIGH
                                                            : Confidence.MEDIUM));
        }
    }
}
