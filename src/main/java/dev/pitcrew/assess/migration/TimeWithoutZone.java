package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.model.infra.SchemaChange.Column;

/// Times of orders that mean another moment for each reader.
final class TimeWithoutZone implements Check {
    private static final Id ID =
            new Id(
                    "MIG-005",
                    "order-time-without-zone",
                    Severity.MEDIUM,
                    "A table of orders or evidence keeps times without their zone");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        Tables.now(subject)
                .forEach(
                        (table, migration) -> {
                            var wrong =
                                    table.columns().values().stream()
                                            .filter(TimeWithoutZone::isWrong)
                                            .toList();
                            if (wrong.isEmpty()
                                    || !Tables.holdsOrders(table.name())
                                    || Tables.dialect(subject, migration) != Dialect.POSTGRESQL) {
                                return;
                            }
                            Column first = wrong.getFirst();
                            var finding =
                                    report.finding(
                                            first.place(),
                                            "after all migrations %s.%s is %s: which moment it is depends on who wrote it"
                                                    .formatted(
                                                            table.name(),
                                                            first.name(),
                                                            first.type()));
                            wrong.stream()
                                    .skip(1)
                                    .limit(4)
                                    .forEach(one -> finding.also(one.place(), one.name()));
                        });
    }

    private static boolean isWrong(Column column) {
        return column.type().matches("timestamp ?(\\([0-9]\\))?( without time zone)?");
    }
}
