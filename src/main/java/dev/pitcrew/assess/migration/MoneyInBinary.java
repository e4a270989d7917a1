package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.model.infra.SchemaChange.Column;
import java.util.regex.Pattern;

/// Prices and amounts that can't be kept exactly.
final class MoneyInBinary implements Check {
    private static final Id ID =
            new Id(
                    "MIG-004",
                    "money-in-binary-floats",
                    Severity.HIGH,
                    "A table of orders or money keeps prices or amounts as binary floats");
    private static final Pattern MONEY =
            Pattern.compile(
                    "(.*_)?(price|amount|notional|fees?|commission|pnl|balance|cash|equity|cost|quantity|qty|filled|size|margin)(_(usd|eur|usdt|quote|base|total|paid|avg))?");
    private static final Pattern FLOAT =
            Pattern.compile(
                    "(double precision|double|real|float[48]?|float ?\\(.*\\))( unsigned)?");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        Tables.now(subject)
                .forEach(
                        (table, migration) -> {
                            var dialect = Tables.dialect(subject, migration);
                            var wrong =
                                    table.columns().values().stream()
                                            .filter(MoneyInBinary::isWrong)
                                            .toList();
                            if (wrong.isEmpty()
                                    || !Tables.holdsMoney(table.name())
                                    || dialect == Dialect.OTHER) {
                                return;
                            }
                            Column first = wrong.getFirst();
                            var finding =
                                    report.finding(
                                                    first.place(),
                                                    "after all migrations %s.%s is %s%s, which can't hold 0.1"
                                                            .formatted(
                                                                    table.name(),
                                                                    first.name(),
                                                                    first.type(),
                                                                    wrong.size() > 1
                                                                            ? " (and %d more)"
                                                                                    .formatted(
                                                                                            wrong
                                                                                                            .size()
                                                                                                    - 1)
                                                                            : ""))
                                            .confidence(
                                                    dialect == Dialect.SQLITE
                                                            ? Confidence.MEDIUM
                                                            : Confidence.HIGH);
                            wrong.stream()
                                    .skip(1)
                                    .limit(4)
                                    .forEach(one -> finding.also(one.place(), one.name()));
                        });
    }

    private static boolean isWrong(Column column) {
        return MONEY.matcher(column.name()).matches() && FLOAT.matcher(column.type()).matches();
    }
}
