package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// A cancel may arrive before its order.
final class OrderQueueOutOfOrder implements Check {
    private static final Id ID =
            new Id(
                    "TRD-115",
                    "order-queue-out-of-order",
                    Severity.MEDIUM,
                    "A queue of orders delivers them twice and in any order");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.QUEUE)) {
            boolean isForOthers =
                    Clouds.named(one).matches("(?i).*(dlq|dead|notif|email|report|event).*");
            one.where("isOrdered", "false")
                    .filter(_ -> Clouds.ofOrders(subject, one) && !isForOthers)
                    .ifPresent(
                            place ->
                                    report.finding(
                                                    place,
                                                    "%s is a standard queue: an order may come twice and is then sent twice, and a cancel may come before what it cancels"
                                                            .formatted(Clouds.named(one)))
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
