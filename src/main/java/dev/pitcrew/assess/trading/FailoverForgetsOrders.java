package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.FailoverTiming;
import dev.pitcrew.model.infra.FailoverTiming.Tool;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.util.Optional;

/// The new primary never had the last orders.
final class FailoverForgetsOrders implements Check {
    private static final Id ID =
            new Id(
                    "TRD-118",
                    "failover-forgets-orders",
                    Severity.MEDIUM,
                    "A failover of the database of a system that trades may lose commits that were acknowledged");

    /// What Patroni takes when nothing is said.
    private static final long LAG_USUAL = 1_048_576;

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
        for (FailoverTiming cluster : subject.all(FailoverTiming.class)) {
            var mode = mode(subject, cluster);
            boolean isOff = mode.isEmpty() || mode.get().isOff();
            if (cluster.tool() == Tool.PATRONI && isOff && !Paths.isTest(cluster.place())) {
                long bytes = cluster.number("maximum_lag_on_failover", LAG_USUAL);
                report.finding(
                                mode.map(one -> one.value().place()).orElse(cluster.place()),
                                "without synchronous_mode a standby that lacks up to %d bytes of the log may become the primary: the last orders are gone, though they were acknowledged and sent (%s)"
                                        .formatted(bytes, why.get()))
                        .confidence(Confidence.MEDIUM);
            }
        }
    }

    private static Optional<StoreSetting> mode(Subject subject, FailoverTiming cluster) {
        return subject.all(StoreSetting.class).stream()
                .filter(one -> one.kind() == StoreKind.PATRONI)
                .filter(one -> one.key().equals("synchronous_mode"))
                .filter(one -> one.place().file().equals(cluster.place().file()))
                .findFirst();
    }
}
