package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.MessageQueue;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.util.regex.Pattern;

/// A queue of orders that dies with a node.
final class OrderQueueOnOneNode implements Check {
    private static final Id ID =
            new Id(
                    "TRD-120",
                    "order-queue-on-one-node",
                    Severity.HIGH,
                    "A queue of orders is gone with its broker, or with one node of a cluster");

    private static final Pattern ORDERS =
            Pattern.compile("(?i)(^|[._-])(orders?|cancels?|fills?|executions?|trades?)([._-]|$)");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var why = OrderPath.of(subject);
        if (why.isEmpty()) {
            return;
        }
        boolean isCluster =
                subject.all(StoreSetting.class).stream()
                        .anyMatch(
                                one ->
                                        one.kind() == StoreKind.RABBITMQ
                                                && one.key().startsWith("cluster_formation."));
        boolean isQuorum =
                subject.all(StoreSetting.class).stream()
                        .anyMatch(
                                one ->
                                        one.kind() == StoreKind.RABBITMQ
                                                && one.key().equals("default_queue_type")
                                                && one.value().value().equals("quorum"));
        for (MessageQueue queue : subject.all(MessageQueue.class)) {
            if (!ORDERS.matcher(queue.name()).find() || Paths.isTest(queue.place())) {
                continue;
            }
            if (!queue.isDurable().value()) {
                report.finding(
                        queue.isDurable().place(),
                        "%s is gone after a restart of the broker, with the orders that wait in it (%s)"
                                .formatted(queue.name(), why.get()));
            } else if (isCluster
                    && !isQuorum
                    && queue.kind().value().equals("classic")
                    && !queue.isMirrored()) {
                report.finding(
                        queue.kind().place(),
                        "%s is a classic queue on one node of a cluster: while that node is away nobody can send an order through it (%s)"
                                .formatted(queue.name(), why.get()));
            }
        }
    }
}
