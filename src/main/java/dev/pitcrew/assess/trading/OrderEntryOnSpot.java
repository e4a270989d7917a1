package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// Order entry on a machine that is taken away.
final class OrderEntryOnSpot implements Check {
    private static final Id ID =
            new Id(
                    "TRD-114",
                    "order-entry-on-spot",
                    Severity.HIGH,
                    "What sends orders runs on machines that the provider takes away at any time");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.COMPUTE)) {
            one.where("isSpot", "true")
                    .filter(_ -> Clouds.ofOrders(subject, one))
                    .ifPresent(
                            place ->
                                    report.finding(
                                            place,
                                            "%s is taken away with two minutes' notice or less when others pay more, which is when markets move: open orders stay at the venue, and nobody watches them"
                                                    .formatted(Clouds.named(one))));
        }
    }
}
