package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.SchemaChange.Kind;

/// An index is built while nobody can write orders.
final class IndexLocksOrders implements Check {
    private static final Id ID =
            new Id(
                    "MIG-001",
                    "index-locks-orders",
                    Severity.HIGH,
                    "A migration builds an index on a table of orders and locks writes out meanwhile");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        Tables.newest(
                subject,
                (_, step) -> {
                    if (step.change().kind() == Kind.CREATE_INDEX
                            && !step.change().isConcurrent()) {
                        report.finding(
                                        step.change().place(),
                                        "while this index is built nothing can be written to %s"
                                                .formatted(step.change().table()))
                                .also(step.table().place(), "the table, created before")
                                .confidence(Confidence.MEDIUM);
                    }
                });
    }
}
