package dev.pitcrew.read.alembic;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.model.infra.SchemaChange.Kind;
import dev.pitcrew.read.alembic.PythonTokens.Token;
import dev.pitcrew.read.alembic.Value.Call;
import dev.pitcrew.read.alembic.Value.Text;
import dev.pitcrew.read.alembic.Value.Word;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// The calls of `op` in `upgrade`, in order. What depends on something that only a run would tell is left out.
final class Operations {
    private final List<Token> tokens;
    private final MadeChanges changes;

    /// Name of a batch to its table.
    private final Map<String, String> batches = new HashMap<>();

    private Operations(List<Token> tokens, IntFunction<Place> places) {
        this.tokens = tokens;
        changes = new MadeChanges(places);
    }

    static List<SchemaChange> of(List<Token> tokens, IntFunction<Place> places) {
        var operations = new Operations(tokens, places);
        operations.run();
        return operations.changes.all();
    }

    private void run() {
        int at = 0;
        while (at < tokens.size() && !isFunction(at, "upgrade")) {
            at++;
        }
        at += 2;
        while (at < tokens.size() && !(tokens.get(at).isFirst() && tokens.get(at).column() == 0)) {
            at = isCall(at) ? read(at) : at + 1;
        }
    }

    private boolean isFunction(int at, String name) {
        return tokens.get(at).isName("def")
                && tokens.get(at).column() == 0
                && at + 1 < tokens.size()
                && tokens.get(at + 1).isName(name);
    }

    private boolean isCall(int at) {
        Token one = tokens.get(at);
        int dot = one.text().indexOf('.');
        if (one.kind() != 'n'
                || dot < 0
                || at + 1 >= tokens.size()
                || !tokens.get(at + 1).is("(")) {
            return false;
        }
        String on = one.text().substring(0, dot);
        return (on.equals("op") || batches.containsKey(on)) && one.text().indexOf('.', dot + 1) < 0;
    }

    /// @return the index after it
    private int read(int at) {
        var read = Value.call(tokens, at, 0);
        if (!(read.value() instanceof Call call)) {
            return at + 1;
        }
        String on = tokens.get(at).text().replaceFirst("\\..*", "");
        if (call.name().equals("batch_alter_table")) {
            boolean isNamed =
                    read.next() + 1 < tokens.size() && tokens.get(read.next()).isName("as");
            call.text(0, "table_name")
                    .filter(_ -> isNamed)
                    .ifPresent(
                            table ->
                                    batches.put(
                                            tokens.get(read.next() + 1).text(),
                                            MadeChanges.lower(table.text())));
        } else {
            operation(call, Optional.ofNullable(batches.get(on)));
        }
        return read.next();
    }

    private void operation(Call call, Optional<String> batch) {
        int first = batch.isPresent() ? 0 : 1; // where what follows the table stands
        var table =
                batch.or(
                        () ->
                                call.text(0, "table_name")
                                        .map(text -> MadeChanges.lower(text.text())));
        switch (call.name()) {
            case "execute" -> execute(call);
            case "create_table" ->
                    table.ifPresent(
                            name -> changes.add(call, Kind.CREATE_TABLE, name, columns(call), ""));
            case "drop_table" ->
                    table.ifPresent(
                            name -> changes.add(call, Kind.DROP_TABLE, name, List.of(), ""));
            case "rename_table" -> rename(call);
            case "add_column" ->
                    call.any(first, "column")
                            .flatMap(this::column)
                            .ifPresent(
                                    column ->
                                            table.ifPresent(
                                                    name ->
                                                            changes.add(
                                                                    call,
                                                                    Kind.ADD_COLUMN,
                                                                    name,
                                                                    List.of(column),
                                                                    "")));
            case "drop_column" ->
                    call.text(first, "column_name")
                            .ifPresent(
                                    column ->
                                            table.ifPresent(
                                                    name ->
                                                            changes.add(
                                                                    call,
                                                                    Kind.DROP_COLUMN,
                                                                    name,
                                                                    List.of(changes.bare(column)),
                                                                    "")));
            case "alter_column" ->
                    call.text(first, "column_name")
                            .ifPresent(
                                    column -> table.ifPresent(name -> alter(call, name, column)));
            case "create_index" ->
                    batch.or(
                                    () ->
                                            call.text(1, "table_name")
                                                    .map(text -> MadeChanges.lower(text.text())))
                            .ifPresent(
                                    name ->
                                            changes.addIndex(
                                                    call,
                                                    name,
                                                    call.isTrue("postgresql_concurrently")));
            default -> {}
        }
    }

    private void rename(Call call) {
        call.text(0, "old_table_name")
                .ifPresent(
                        old ->
                                call.text(1, "new_table_name")
                                        .ifPresent(
                                                now ->
                                                        changes.add(
                                                                call,
                                                                Kind.RENAME_TABLE,
                                                                MadeChanges.lower(old.text()),
                                                                List.of(),
                                                                MadeChanges.lower(now.text()))));
    }

    private void execute(Call call) {
        var text = call.any(0, "sqltext");
        if (text.orElse(new Value.Other()) instanceof Call inner && inner.name().equals("text")) {
            text = inner.any(0, "text");
        }
        if (text.orElse(new Value.Other()) instanceof Text sql) {
            changes.addSql(sql);
        }
    }

    private void alter(Call call, String table, Text column) {
        Column old = changes.bare(column);
        Optional<Text> renamed = call.text(Integer.MAX_VALUE, "new_column_name");
        String type = Types.of(call.named().get("type_"));
        if (!type.isEmpty()) {
            var now = new Column(old.name(), old.place(), type, false, "");
            changes.add(call, Kind.CHANGE_TYPE, table, List.of(now), "");
        }
        if (call.isFalse("nullable")) {
            var now = new Column(old.name(), old.place(), "", true, "");
            changes.add(call, Kind.SET_NOT_NULL, table, List.of(now), "");
        }
        renamed.ifPresent(
                name ->
                        changes.add(
                                call,
                                Kind.RENAME_COLUMN,
                                table,
                                List.of(old),
                                MadeChanges.lower(name.text())));
    }

    private List<Column> columns(Call call) {
        return call.arguments().stream().flatMap(argument -> column(argument).stream()).toList();
    }

    private Optional<Column> column(Value value) {
        if (!(value instanceof Call call) || !call.name().equals("Column")) {
            return Optional.empty();
        }
        boolean isPrimary = call.isTrue("primary_key");
        boolean isNotNull = call.isFalse("nullable") || isPrimary;
        return call.text(0, "name")
                .map(
                        name ->
                                new Column(
                                        MadeChanges.lower(name.text()),
                                        changes.place(name.at()),
                                        Types.of(call.any(1, "type_").orElse(null)),
                                        isNotNull,
                                        fallback(call, isPrimary)));
    }

    private static String fallback(Call call, boolean isPrimary) {
        return switch (call.named().get("server_default")) {
            case null -> isPrimary ? "generated" : "";
            case Text text -> "'" + MadeChanges.lower(text.text()) + "'";
            case Word word -> word.text().equals("None") ? "" : MadeChanges.lower(word.text());
            case Call inner ->
                    inner.text(0, "text")
                            .map(text -> MadeChanges.lower(text.text()))
                            .orElse(MadeChanges.lower(inner.name()) + "()");
            default -> "something";
        };
    }
}
