package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.model.infra.SchemaChange.Kind;

/// A table of orders is written anew under a lock that not even readers pass.
final class TypeRewritesOrders implements Check {
    private static final Id ID =
            new Id(
                    "MIG-002",
                    "type-change-rewrites-orders",
                    Severity.HIGH,
                    "A migration changes a type so that a table of orders is written anew under an exclusive lock");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        Tables.newest(
                subject,
                (_, step) -> {
                    if (step.change().kind() != Kind.CHANGE_TYPE) {
                        return;
                    }
                    for (Column column : step.change().columns()) {
                        Column old = step.table().columns().get(column.name());
                        if (old != null && isRewrite(old.type(), column.type())) {
                            report.finding(
                                            column.place(),
                                            "from %s to %s every row of %s is written anew, and nobody reads or writes it meanwhile"
                                                    .formatted(
                                                            old.type(),
                                                            column.type(),
                                                            step.change().table()))
                                    .also(old.place(), "the type until then")
                                    .confidence(Confidence.MEDIUM);
                        }
                    }
                });
    }

    /// Only what surely is one: another family of types, or wider whole numbers.
    private static boolean isRewrite(String old, String now) {
        String from = family(old);
        String to = family(now);
        return !from.isEmpty() && !to.isEmpty() && !from.equals(to);
    }

    private static String family(String type) {
        if (type.matches("smallint|int2|smallserial")) {
            return "smallint";
        }
        if (type.matches("int|integer|int4|serial")) {
            return "integer";
        }
        if (type.matches("bigint|int8|bigserial")) {
            return "bigint";
        }
        if (type.matches("real|float4")) {
            return "real";
        }
        if (type.matches("double precision|float8?|double")) {
            return "double precision";
        }
        if (type.matches("(numeric|decimal).*")) {
            return "numeric";
        }
        return type.matches("(text|(character )?varying.*|varchar.*)")
                ? "text"
                : type.equals("uuid") ? "uuid" : type.equals("jsonb") ? "jsonb" : "";
    }
}
