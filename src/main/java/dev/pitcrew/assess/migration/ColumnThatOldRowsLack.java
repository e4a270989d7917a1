package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.model.infra.SchemaChange.Kind;
import java.util.regex.Pattern;

/// A new column that rows of old orders can't have.
final class ColumnThatOldRowsLack implements Check {
    private static final Id ID =
            new Id(
                    "MIG-003",
                    "column-that-old-rows-lack",
                    Severity.HIGH,
                    "A migration adds a column to a table of orders that fails on old rows, or writes them all anew");
    private static final Pattern VOLATILE =
            Pattern.compile(
                    "(gen_random_uuid|uuid_generate_v[0-9]\\w*|random|clock_timestamp|nextval|timeofday)\\(.*");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        Tables.newest(
                subject,
                (migration, step) -> {
                    if (step.change().kind() != Kind.ADD_COLUMN
                            || isEmptied(migration, step.change().table())) {
                        return;
                    }
                    for (Column column : step.change().columns()) {
                        boolean isSerial = column.type().matches("(big|small)?serial");
                        boolean isLacking =
                                column.isNotNull() && column.fallback().isEmpty() && !isSerial;
                        if (isLacking) {
                            report.finding(
                                            column.place(),
                                            "%s is NOT NULL and has no default: the migration fails as soon as %s has a row"
                                                    .formatted(
                                                            column.name(), step.change().table()))
                                    .also(step.table().place(), "the table, created before");
                        } else if (isSerial || VOLATILE.matcher(column.fallback()).matches()) {
                            report.finding(
                                            column.place(),
                                            "%s gets another value in each row: all of %s is written anew, and nobody reads or writes it meanwhile"
                                                    .formatted(
                                                            column.name(), step.change().table()))
                                    .also(step.table().place(), "the table, created before")
                                    .confidence(Confidence.MEDIUM);
                        }
                    }
                });
    }

    private static boolean isEmptied(Migration migration, String table) {
        return migration.changes().stream()
                .anyMatch(
                        one ->
                                one.table().equals(table)
                                        && (one.kind() == Kind.TRUNCATE
                                                || one.kind() == Kind.DELETE));
    }
}
