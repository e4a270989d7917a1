package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Report.Draft;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.SchemaChange.Kind;
import java.util.HashMap;

/// An index is built while nobody can write orders.
final class IndexLocksOrders implements Check {
    private static final Id ID =
            new Id(
                    "MIG-001",
                    "index-locks-orders",
                    Severity.HIGH,
                    "A migration builds an index on a table of orders and locks writes out"
                            + " meanwhile");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var told = new HashMap<String, Draft>();
        Tables.newest(
                subject,
                (one, step) -> {
                    var change = step.change();
                    if (change.kind() != Kind.CREATE_INDEX || change.isConcurrent()) {
                        return;
                    }
                    String cause = one.place().file() + ' ' + change.table();
                    var before = told.get(cause);
                    if (before != null) {
                        before.also(change.place(), "one more index of it");
                        return;
                    }
                    told.put(
                            cause,
                            report.finding(
                                            change.place(),
                                            "while this index is built nothing can be written to %s"
                                                    .formatted(change.table()))
                                    .also(step.table().place(), "the table, created before")
                                    .confidence(Confidence.MEDIUM));
                });
    }
}
