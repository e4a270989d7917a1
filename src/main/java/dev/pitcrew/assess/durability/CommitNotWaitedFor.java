package dev.pitcrew.assess.durability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;

/// Orders are acknowledged before they are on disk.
final class CommitNotWaitedFor implements Check {
    private static final Id ID =
            new Id(
                    "DUR-002",
                    "commit-not-waited-for",
                    Severity.HIGH,
                    "The database of a system that trades acknowledges commits before they are on disk");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var trades = Stores.trades(subject);
        if (trades.isEmpty()) {
            return;
        }
        for (StoreSetting one : Stores.inFiles(subject, StoreKind.POSTGRESQL)) {
            if (!one.key().equals("synchronous_commit") || !one.isOff()) {
                continue;
            }
            var container = Stores.container(subject, one);
            var finding =
                    report.finding(
                                    one.place(),
                                    "after a crash the last commits are gone, up to three times wal_writer_delay of them, though %s was told that they are safe"
                                            .formatted(trades.get()))
                            .confidence(
                                    container.isPresent() ? Confidence.HIGH : Confidence.MEDIUM);
            container.ifPresent(
                    store -> finding.about(store).also(store.place(), "runs with this file"));
        }
    }
}
