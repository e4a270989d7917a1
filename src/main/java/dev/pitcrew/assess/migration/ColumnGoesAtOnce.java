package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.SchemaChange.Kind;

/// What the running version reads is gone before the new one runs.
final class ColumnGoesAtOnce implements Check {
    private static final Id ID =
            new Id(
                    "MIG-006",
                    "column-goes-at-once",
                    Severity.HIGH,
                    "A migration renames or replaces what the running version still reads in a table of orders");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        Tables.newest(
                subject,
                (migration, step) -> {
                    SchemaChange change = step.change();
                    String what =
                            change.columns().stream()
                                    .map(column -> change.table() + "." + column.name())
                                    .findFirst()
                                    .orElse(change.table());
                    if (change.kind() == Kind.RENAME_COLUMN
                            || (change.kind() == Kind.RENAME_TABLE
                                    && !isMadeAnew(migration, change.table()))) {
                        report.finding(
                                        change.place(),
                                        "%s becomes %s in one step: the version that runs until the new one has started fails at it, and so does a step back"
                                                .formatted(what, change.other()))
                                .confidence(Confidence.MEDIUM);
                    } else if (change.kind() == Kind.DROP_COLUMN && isReplaced(migration, change)) {
                        report.finding(
                                        change.place(),
                                        "%s is dropped by the migration that adds its successor: the version that runs until the new one has started fails at it, and so does a step back"
                                                .formatted(what))
                                .confidence(Confidence.MEDIUM);
                    }
                });
    }

    private static boolean isMadeAnew(Migration migration, String table) {
        return migration.changes().stream()
                .anyMatch(one -> one.kind() == Kind.CREATE_TABLE && one.table().equals(table));
    }

    private static boolean isReplaced(Migration migration, SchemaChange drop) {
        return migration.changes().stream()
                .anyMatch(one -> one.kind() == Kind.ADD_COLUMN && one.table().equals(drop.table()));
    }
}
