package dev.pitcrew.read.alembic;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.model.infra.SchemaChange.Kind;
import dev.pitcrew.read.alembic.PythonTokens.Token;
import dev.pitcrew.read.alembic.Value.Call;
import dev.pitcrew.read.alembic.Value.Items;
import dev.pitcrew.read.alembic.Value.Text;
import dev.pitcrew.read.alembic.Value.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// The operations of one of Django's migrations, as changes of the tables that Django makes of models.
final class DjangoOperations {
    private final String app;
    private final MadeChanges changes;

    private DjangoOperations(String app, IntFunction<Place> places) {
        this.app = app;
        changes = new MadeChanges(places);
    }

    /// @param app whose name its tables begin with
    static List<SchemaChange> of(List<Token> tokens, String app, IntFunction<Place> places) {
        var operations = new DjangoOperations(app, places);
        for (int at = 0; at + 1 < tokens.size(); ) {
            boolean isOne =
                    tokens.get(at).kind() == 'n'
                            && tokens.get(at)
                                    .text()
                                    .matches("migrations\\.[A-Z][A-Za-z]+|AddIndexConcurrently")
                            && tokens.get(at + 1).is("(");
            var read = isOne ? Value.call(tokens, at, 0) : null;
            if (read != null && read.value() instanceof Call call) {
                operations.operation(call);
            }
            // The base class of the migration looks like a call, too.
            at = read == null ? at + 1 : Math.max(at + 1, read.next());
        }
        return operations.changes.all();
    }

    private void operation(Call call) {
        var model = call.text(0, call.named().containsKey("model_name") ? "model_name" : "name");
        if (call.name().equals("RunSQL")) {
            call.text(0, "sql").ifPresent(changes::addSql);
            return;
        }
        if (model.isEmpty()) {
            return;
        }
        String table = app + "_" + MadeChanges.lower(model.get().text());
        switch (call.name()) {
            case "CreateModel" ->
                    changes.add(call, Kind.CREATE_TABLE, table, columns(call.any(1, "fields")), "");
            case "DeleteModel" -> changes.add(call, Kind.DROP_TABLE, table, List.of(), "");
            case "AddField" -> changed(call, Kind.ADD_COLUMN, table);
            case "AlterField" -> changed(call, Kind.CHANGE_TYPE, table);
            case "RemoveField" ->
                    call.text(1, "name")
                            .ifPresent(
                                    name ->
                                            changes.add(
                                                    call,
                                                    Kind.DROP_COLUMN,
                                                    table,
                                                    List.of(changes.bare(name)),
                                                    ""));
            case "RenameField" ->
                    call.text(1, "old_name")
                            .ifPresent(
                                    old ->
                                            call.text(2, "new_name")
                                                    .ifPresent(
                                                            now ->
                                                                    changes.add(
                                                                            call,
                                                                            Kind.RENAME_COLUMN,
                                                                            table,
                                                                            List.of(
                                                                                    changes.bare(
                                                                                            old)),
                                                                            MadeChanges.lower(
                                                                                    now.text()))));
            case "AddIndex" -> changes.addIndex(call, table, false);
            case "AddIndexConcurrently" -> changes.addIndex(call, table, true);
            default -> {}
        }
    }

    private void changed(Call call, Kind kind, String table) {
        var name = call.text(1, "name");
        if (name.isPresent() && call.any(2, "field").orElse(null) instanceof Call field) {
            var column = column(name.get(), field);
            if (kind == Kind.ADD_COLUMN || !column.type().isEmpty()) {
                changes.add(call, kind, table, List.of(column), "");
            }
        }
    }

    private List<Column> columns(Optional<Value> fields) {
        var columns = new ArrayList<Column>();
        if (fields.orElse(null) instanceof Items list) {
            for (Value one : list.items()) {
                if (one instanceof Items pair
                        && pair.items().size() == 2
                        && pair.items().get(0) instanceof Text name
                        && pair.items().get(1) instanceof Call field) {
                    columns.add(column(name, field));
                }
            }
        }
        return columns;
    }

    private Column column(Text name, Call field) {
        boolean isLink = field.name().matches("ForeignKey|OneToOneField");
        boolean hasValue = field.named().containsKey("default") || field.isTrue("auto_now_add");
        return new Column(
                MadeChanges.lower(name.text()) + (isLink ? "_id" : ""),
                changes.place(name.at()),
                type(field),
                !field.isTrue("null"),
                hasValue ? "something" : "");
    }

    /// What PostgreSQL gets; with Django's own choice for times, which is with a zone.
    private static String type(Call field) {
        return switch (field.name()) {
            case "FloatField" -> "double precision";
            case "DecimalField" ->
                    "numeric(%s,%s)"
                            .formatted(size(field, "max_digits"), size(field, "decimal_places"));
            case "IntegerField", "PositiveIntegerField" -> "integer";
            case "BigIntegerField", "PositiveBigIntegerField" -> "bigint";
            case "SmallIntegerField", "PositiveSmallIntegerField" -> "smallint";
            case "CharField", "SlugField", "URLField", "EmailField" ->
                    "varchar(%s)".formatted(size(field, "max_length"));
            case "TextField" -> "text";
            case "BooleanField" -> "boolean";
            case "DateField" -> "date";
            case "DateTimeField" -> "timestamp with time zone";
            case "JSONField" -> "jsonb";
            case "UUIDField" -> "uuid";
            default -> "";
        };
    }

    private static String size(Call field, String name) {
        return field.named().get(name) instanceof Word word && word.text().matches("[0-9]{1,6}")
                ? word.text()
                : "0";
    }
}
